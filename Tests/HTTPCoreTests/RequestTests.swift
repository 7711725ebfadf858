// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import Testing

struct RequestTests {
    private struct Message: Codable, Equatable { let amount: Int }

    @Test(arguments: [
        ("/", []), ("/a", ["a"]), ("/a/", ["a", ""]), ("//", ["", ""]), ("/a%2Fb/%C3%A9", ["a/b", "é"]), ("/a+b", ["a+b"]), ("/?", []),
        ("/a?b?c", ["a"]),
    ])
    func thePathIsSplitBeforeItIsDecoded(_ target: String, _ path: [String]) { #expect(Request(.get, target)?.path == path) }

    @Test(arguments: ["", "a", "*", "?a", "/%", "/%00", "/%FF", "/?a=%", "http://a/"]) func aTargetThatIsNoneIsRefused(_ target: String) {
        #expect(Request(.get, target) == nil)
    }

    @Test func aBodyIsDecodedAsAMessage() throws {
        let request = try #require(Request(.post, "/", body: Array(#"{"amount": 5}"#.utf8)))
        #expect(try request.message() == Message(amount: 5))
    }

    @Test(arguments: [#"{"amount": "5"}"#, "{}", "[]", "", "{", #"{"amount": 1, "amount": 2}"#, #"{"amount": 1.5}"#])
    func aBodyThatIsNotTheMessageIsA400(_ body: String) throws {
        let request = try #require(Request(.post, "/", body: Array(body.utf8)))
        do {
            let message: Message = try request.message()
            Issue.record("\(message) was read")
        } catch {
            #expect(error.code == .genericJsonInvalid)
            #expect(error.status == 400)
        }
    }

    @Test func cookiesAreReadFromAllFieldsAndTheFirstOfANameCounts() throws {
        var fields: HTTPFields = ["Cookie": "a=1; b=x=y;c"]
        fields.append("Cookie", "a=2; d=")
        let request = try #require(Request(.get, "/", fields: fields))
        #expect(request.cookies == ["a": "1", "b": "x=y", "d": ""])
    }

    @Test func aCombiningMarkHidesNoSeparator() throws {
        // What a reader of characters takes for one piece: a slash, an ampersand or an equals sign with an accent on it.
        let request = try #require(Request(.get, "/Dat/\u{301}order/t_ms?\u{301}a=1&\u{301}b=\u{301}2"))
        #expect(request.path == ["Dat", "\u{301}order", "t_ms"])
        #expect(request.query.pairs.map(\.name) == ["\u{301}a", "\u{301}b"])
        #expect(request.query["\u{301}b"] == "\u{301}2")
    }
}
