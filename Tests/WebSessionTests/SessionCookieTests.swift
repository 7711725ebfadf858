// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Sodium
import Testing
import WebSession

struct SessionCookieTests {
    private func cookie(_ signer: Signer, isSecure: Bool = false) -> SessionCookie {
        SessionCookie(name: "shop", signer: signer, isSecure: isSecure)
    }

    private func header(_ cookie: SessionCookie, _ session: String) throws -> String {
        var response = Response()
        cookie.set(session, in: &response)
        return try #require(response.fields["Set-Cookie"])
    }

    @Test func aSessionComesBack() throws {
        let cookie = cookie(try Signer(key: .random(count: 32)))
        let session = SessionCookie.newSession()
        let pair = try #require(try header(cookie, session).split(separator: ";").first)
        let request = try #require(Request(.get, "/", fields: ["Cookie": "other=1; \(pair)"]))
        #expect(cookie.session(of: request) == session)
    }

    @Test func aSessionThatWasNotSignedHereIsNone() throws {
        let cookie = cookie(try Signer(key: .random(count: 32)))
        let stranger = self.cookie(try Signer(key: .random(count: 32)))
        let pair = try #require(try header(stranger, "x").split(separator: ";").first)
        for value in [String(pair), "shop=x", "shop=", "shop=.", ""] {
            let request = try #require(Request(.get, "/", fields: ["Cookie": value]))
            #expect(cookie.session(of: request) == nil)
        }
    }

    @Test func scriptsAndForeignFormsDoNotGetIt() throws {
        let plain = try header(cookie(try Signer(key: .random(count: 32))), "x")
        #expect(plain.contains("; HttpOnly"))
        #expect(plain.contains("; SameSite=Lax"))
        #expect(plain.contains("; Path=/"))
        #expect(!plain.contains("Secure"))
        #expect(try header(cookie(try Signer(key: .random(count: 32)), isSecure: true), "x").hasSuffix("; Secure"))
    }

    @Test func sessionsDiffer() {
        let sessions = Set((0..<100).map { _ in SessionCookie.newSession() })
        #expect(sessions.count == 100)
        #expect(sessions.allSatisfy { $0.count == 26 })
    }
}
