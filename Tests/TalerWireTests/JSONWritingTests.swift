// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing

@Suite struct JSONWritingTests {
    @Test func onlyQuotesBackslashesAndControlCharactersAreEscaped() {
        let text = "\"\\/\u{8}\u{9}\n\u{c}\r\u{1}\u{b}\u{1f}\u{7f}é€😀</script>"
        #expect(JSONValue.string(text).text == "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u000b\\u001f\u{7f}é€😀</script>\"")
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let value: JSONValue = [
            "b": [1, .number("0.10"), true, .null], "a": ["\"\u{1}": "x"], "": .object(JSONObject()), "é": .integer(.min),
        ]
        #expect(try JSONParser.parse(value.serialized()) == value)
        #expect(try JSONParser.parse(value.serialized(.canonical)).serialized(.canonical) == value.serialized(.canonical))
    }

    @Test func membersKeepTheirOrderAndCanonicalOnesAreSortedByBytes() throws {
        let value: JSONValue = ["b": 1, "a2": 2, "a": 3, "B": 4, "a10": 5, "\u{FB00}": 6, "\u{1F600}": 7, "é": 8]
        #expect(value.text.hasPrefix("{\"b\":1,\"a2\":2,\"a\":3"))
        let canonical = String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
        #expect(canonical == "{\"B\":4,\"a\":3,\"a10\":5,\"a2\":2,\"b\":1,\"é\":8,\"\u{FB00}\":6,\"\u{1F600}\":7}")
    }

    @Test func aNumberThatIsNotWholeHasNoCanonicalForm() {
        #expect(throws: JSONError(path: "a[1].b", reason: "0.5 is no whole number of 64 bits")) {
            try CanonicalJSON.encode(["a": [1, ["b": .number("0.5")]]])
        }
        #expect(throws: JSONError.self) { try CanonicalJSON.encode(.number("18446744073709551616")) }
    }

    @Test func settingAMemberReplacesAppendsOrRemovesIt() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = 4
        object["b"] = nil
        object["d"] = nil
        #expect(object == ["a": 3, "c": 4])
        #expect(object.names == ["a", "c"])
    }
}
