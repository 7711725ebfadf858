// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import Testing

private struct Empty: Handler {
    func handle(_ request: Request) async -> Response { Response(status: 200) }
}

struct SecurityHeadersTests {
    @Test func theWalletsOriginMayBeLoadedAndCalledOnlyWhenItIsConfigured() async throws {
        let request = try #require(Request(.get, "/"))
        let plain = await SecurityHeaders(Empty()).handle(request).fields["Content-Security-Policy"] ?? ""
        #expect(plain.contains("script-src 'self';"))
        #expect(!plain.contains("unsafe-inline"))
        #expect(plain.contains("frame-ancestors 'none'"))
        let demo = await SecurityHeaders(Empty(), walletOrigin: "http://127.0.0.1:8084").handle(request)
        let policy = demo.fields["Content-Security-Policy"] ?? ""
        #expect(policy.contains("script-src 'self' http://127.0.0.1:8084;"))
        #expect(policy.contains("connect-src 'self' http://127.0.0.1:8084;"))
        #expect(policy.contains("img-src 'self';"))
        #expect(demo.fields["X-Content-Type-Options"] == "nosniff")
    }
}
