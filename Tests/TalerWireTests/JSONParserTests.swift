// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing

@Suite struct JSONParserTests {
    private func refuses(_ text: String, _ comment: Comment? = nil) {
        #expect(throws: JSONError.self, comment) { try JSONParser.parse(text) }
    }

    @Test func theValuesOfTheGrammarAreRead() throws {
        let value = try JSONParser.parse(" {\"a\" : [ 1 , -2.5e3 , true , false , null , \"x\" ] , \"b\" : { } , \"c\":[]} \r\n\t")
        #expect(value["a"] == [1, .number("-2.5e3"), true, false, .null, "x"])
        #expect(value["b"] == .object(JSONObject()))
        #expect(value["c"] == [])
        #expect(value.objectValue?.names == ["a", "b", "c"])
    }

    @Test(arguments: [
        "", " ", "{", "}", "[", "]", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{1:1}", "{,}",
        "tru", "truE", "nul", "nulll", "True", "1 2", "{}{}", "[]x", "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u123G\"", "+1", "01",
        "-", "-a", "1.", ".5", "1e", "1e+", "0x10", "NaN", "Infinity", "// c\n1", "1//", "[1}", "{\"a\":1]",
    ])
    func whatIsNoJSONIsRefused(_ text: String) { refuses(text) }

    @Test func aByteOrderMarkIsRefused() {
        #expect(throws: JSONError.self) { try JSONParser.parse([0xEF, 0xBB, 0xBF] + Array("{}".utf8)) }
    }

    @Test func aMemberThatIsThereTwiceIsRefusedUnlessTheLastOneMayCount() throws {
        #expect(throws: JSONError(path: "a", reason: "the member is there twice")) { try JSONParser.parse("{\"a\":1,\"a\":2}") }
        #expect(throws: JSONError(path: "x[1].a", reason: "the member is there twice")) {
            try JSONParser.parse("{\"x\":[0,{\"a\":1,\"a\":1}]}")
        }
        refuses("{\"a\":1,\"\\u0061\":2}", "one name in two spellings")
        #expect(try JSONParser.parse("{\"a\":1,\"b\":3,\"a\":2}", duplicates: .keepLast).serialized() == Array("{\"a\":2,\"b\":3}".utf8))
    }

    @Test func namesThatLookAlikeAreTwoNames() throws {
        // é in one scalar, and as e with an accent.
        let value = try JSONParser.parse("{\"\\u00e9\":1,\"e\\u0301\":2}")
        #expect(value.objectValue?.count == 2)
        #expect(value["\u{e9}"] == 1)
        #expect(value["e\u{301}"] == 2)
    }

    @Test func depthIsLimited() throws {
        func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(throws: Never.self) { try JSONParser.parse(nested(JSONParser.maximumDepth)) }
        refuses(nested(JSONParser.maximumDepth + 1))
        refuses(String(repeating: "[", count: 1_000_000))
        refuses(String(repeating: "{\"a\":", count: 1_000_000))
    }

    @Test func surrogatesComeInPairs() throws {
        #expect(try JSONParser.parse("\"\\ud83d\\ude00\"") == "\u{1F600}")
        #expect(try JSONParser.parse("\"\\uD83D\\uDE00\"") == "\u{1F600}")
        #expect(try JSONParser.parse("\"\\udbff\\udfff\"") == "\u{10FFFF}")
        for text in ["\\ud83d", "\\ude00", "\\ud83dx", "\\ud83d\\u0041", "\\ud83d\\ud83d", "\\ude00\\ud83d", "\\ud83d\\n"] {
            refuses("\"\(text)\"", "\(text)")
        }
    }

    @Test func controlCharactersMustBeEscapedAndNULIsRefused() throws {
        for byte in UInt8(0)..<0x20 {
            #expect(throws: JSONError.self) { try JSONParser.parse([0x22, byte, 0x22]) }
        }
        refuses("\"\\u0000\"")
        #expect(try JSONParser.parse("\"\\u0001\\b\\f\\n\\r\\t\\/\\\\\\\"\"") == "\u{1}\u{8}\u{c}\n\r\t/\\\"")
        #expect(try JSONParser.parse([0x22, 0x7F, 0x22]) == "\u{7F}")
    }

    @Test func badUTF8IsRefused() {
        for bytes in [[0x80], [0xC0, 0xAF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF]] as [[UInt8]] {
            #expect(throws: JSONError.self) { try JSONParser.parse([0x22] + bytes + [0x22]) }
            #expect(throws: JSONError.self) { try JSONParser.parse([0x7B, 0x22] + bytes + Array("\":1}".utf8)) }
        }
    }

    @Test func wholeNumbersOf64BitsAreNumbersAndTheRestKeepsItsText() throws {
        #expect(try JSONParser.parse("9223372036854775807") == .integer(.max))
        #expect(try JSONParser.parse("-9223372036854775808") == .integer(.min))
        #expect(try JSONParser.parse("9223372036854775808") == .number("9223372036854775808"))
        #expect(try JSONParser.parse("1.0") == .number("1.0"))
        #expect(try JSONParser.parse("1e2") == .number("1e2"))
        #expect(try JSONParser.parse("-0") == .integer(0))
        #expect(try JSONParser.parse("0.10") == .number("0.10"))
        #expect(try JSONParser.parse("1E+400") == .number("1E+400"))
    }

    @Test func anErrorOfGrammarNamesTheByte() {
        #expect(throws: JSONError(reason: "not JSON at byte 14: no value begins with this byte")) {
            try JSONParser.parse("{\"a\":[1,{\"b\": ?}]}")
        }
    }
}
