// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Testing

struct HTTPFieldsTests {
    @Test func namesAreComparedWithoutCase() {
        var fields: HTTPFields = ["Content-Type": "a"]
        #expect(fields["content-TYPE"] == "a")
        fields["CONTENT-type"] = "b"
        #expect(fields.all("Content-Type") == ["b"])
        fields["content-type"] = nil
        #expect(fields.entries.isEmpty)
    }

    /// U+017F and U+212A are "s" and "k" to those who fold the case of all of Unicode.
    @Test func caseIsThatOfASCII() {
        let fields: HTTPFields = ["Set-Cookie": "a"]
        #expect(fields["\u{17F}et-Cookie"] == nil)
        #expect(fields["Set-Coo\u{212A}ie"] == nil)
    }

    @Test func fieldsOfOneNameKeepTheirOrder() {
        var fields = HTTPFields()
        for value in ["1", "2", "3"] { fields.append("Set-Cookie", value) }
        #expect(fields.all("set-cookie") == ["1", "2", "3"])
        #expect(fields["Set-Cookie"] == "1")
    }

    @Test(arguments: ["a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\0b", "a\u{7F}b", "\u{1}"]) func aValueHoldsNoControlCharacter(
        _ value: String
    ) {
        let fields: HTTPFields = ["X": value]
        #expect(fields.entries.count == 1)
        #expect(fields["X"]?.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } == true)
        #expect(fields["X"]?.utf8.count == value.utf8.count)
    }

    @Test(arguments: ["", "A B", "A:", "A\r\nB", "Ä", "A\0", "(A)", "A\""]) func aNameThatIsNoTokenIsLeftOut(_ name: String) {
        #expect(HTTPFields([name: "x"] as KeyValuePairs).entries.isEmpty)
    }
}
