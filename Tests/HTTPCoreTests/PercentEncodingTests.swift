// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Testing

struct PercentEncodingTests {
    @Test(arguments: [("", ""), ("abc", "abc"), ("%41%6a%4A%6A", "AjJj"), ("a+b", "a+b"), ("%C3%A9", "é"), ("%2F%25", "/%"), ("é", "é")])
    func validTextIsDecoded(_ encoded: String, _ decoded: String) { #expect(PercentEncoding.decode(encoded) == decoded) }

    @Test(arguments: ["%", "%4", "a%", "%zz", "%4g", "%%41", "%00", "a%00b", "%FF", "%C3", "%ED%A0%80", "%C0%AF", "\0", "%+1", "%-1"])
    func invalidTextIsRefused(_ encoded: String) { #expect(PercentEncoding.decode(encoded) == nil) }

    @Test func aPlusIsASpaceOnlyWhereItIsSaidToBe() {
        #expect(PercentEncoding.decode("a+b%2B", plusIsSpace: true) == "a b+")
        #expect(PercentEncoding.decode("a+b%2B") == "a+b+")
    }

    @Test func everythingButUnreservedCharactersIsEscaped() {
        #expect(PercentEncoding.encode("AZaz09-._~") == "AZaz09-._~")
        #expect(PercentEncoding.encode(" /?#&=+%\"é\n") == "%20%2F%3F%23%26%3D%2B%25%22%C3%A9%0A")
    }

    @Test func decodingUndoesEncoding() {
        let all = String(String.UnicodeScalarView((1...0x2FF).compactMap(Unicode.Scalar.init))) + "😀"
        #expect(PercentEncoding.decode(PercentEncoding.encode(all)) == all)
    }
}
