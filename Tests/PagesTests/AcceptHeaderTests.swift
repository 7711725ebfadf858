// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import Testing

struct AcceptHeaderTests {
    @Test(arguments: [
        ("application/json", true), ("application/json;q=0.9, text/plain", true), ("*/*", false), ("application/json, */*", false),
        ("text/html,application/json", false), ("text/html", false), ("APPLICATION/JSON", true),
    ])
    func jsonIsWantedWhenNothingElseIs(accept: String, expected: Bool) throws {
        #expect(try #require(Request(.post, "/", fields: ["Accept": accept])).wantsJSON == expected)
    }

    @Test func withoutAcceptNothingIsWanted() throws {
        let request = try #require(Request(.get, "/"))
        #expect(!request.wantsJSON)
        #expect(!request.wantsHTML)
    }
}
