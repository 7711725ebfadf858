// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import Synchronization
import Testing

struct FetchPolicyTests {
    let closed = FetchPolicy(configured: ["https://exchange.test/", "http://127.0.0.1:8081/ex/"], hasAuditors: false)
    let open = FetchPolicy(configured: ["https://exchange.test/"], hasAuditors: true)

    private func refusal(_ policy: FetchPolicy, _ url: String) -> FetchPolicy.Refusal? {
        do {
            _ = try policy.admit(OutgoingRequest(.get, url))
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        "https://exchange.test/keys", "https://exchange.test:443/keys", "HTTPS://Exchange.TEST/other/path?x=y",
        "http://127.0.0.1:8081/keys",
        "https://exchange.test", "https://exchange.test?x",
    ])
    func aConfiguredOriginIsFetchedWithoutLimits(_ url: String) throws {
        let request = try closed.admit(OutgoingRequest(.get, url, timeout: .seconds(60)))
        #expect(!request.publicAddressesOnly)
        #expect(request.timeout == .seconds(60))
        #expect(closed.isConfigured(url))
    }

    @Test(arguments: [
        "http://exchange.test/keys", "https://exchange.test:444/", "https://other.test/", "https://exchange.test.evil.test/",
        "https://evilexchange.test/", "http://127.0.0.1:8082/", "https://127.0.0.1/",
    ])
    func aStrangersURLIsRefusedWithoutAuditors(_ url: String) {
        #expect(refusal(closed, url) == .stranger)
        #expect(!closed.isConfigured(url))
    }

    @Test func withAnAuditorAStrangersURLIsFetchedWithinLimits() throws {
        let request = try open.admit(OutgoingRequest(.get, "https://other.test/keys", timeout: .seconds(60), maximumAnswer: 1 << 30))
        #expect(request.publicAddressesOnly)
        #expect(request.timeout == FetchPolicy.strangersTime)
        #expect(request.maximumAnswer == FetchPolicy.strangersSize)
        #expect(refusal(open, "http://other.test/keys") == .notHTTPS)
    }

    @Test(arguments: [
        "https://127.0.0.1/", "https://10.0.0.1/keys", "https://192.168.1.1:8443/", "https://[::1]/", "https://[fd00::1]/",
        "https://127.1/",
        "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://127.0.0.0x1/", "https://127.0.0.1./", "https://./",
        "https://203.0.113.7/",
    ])
    func aStrangersURLNeedsAName(_ url: String) throws {
        #expect(refusal(open, url) == .address)
        let configured = FetchPolicy(configured: [url], hasAuditors: true)
        #expect(refusal(configured, url) == nil)
    }

    @Test(arguments: ["https://1.example/", "https://0x.example/", "https://7bank.test/", "https://beef/"])
    func aNameWithDigitsIsAName(_ url: String) { #expect(refusal(open, url) == nil) }

    @Test(arguments: [
        "", "keys", "/keys", "file:///etc/passwd", "ftp://exchange.test/", "https://", "https:///keys", "https://user@exchange.test/",
        "https://exchange.test@evil.test/", "https://evil.test\\@exchange.test/", "https://exchange.test:0/",
        "https://exchange.test:65536/",
        "https://exchange.test:/", "https://exchange.test:4a/", "https://exchange.test%2eevil.test/", "https://exchange.test/ x",
        "https://exchange.test/\r\nX: y", "https://[::1/", "https://[]/", "https://[fe80::1%25lo]/", "https://exchänge.test/",
        "https://exchange.test#@evil.test/", "javascript:alert(1)",
    ])
    func whatIsNoPlainURLIsRefused(_ url: String) {
        #expect(refusal(open, url) == .malformed)
        #expect(refusal(closed, url) == .malformed)
    }

    @Test(arguments: [
        ("https://exchange.test/b/keys", "https://exchange.test/b/keys"), ("/b/keys?x=1", "https://exchange.test/b/keys?x=1"),
        ("other", "https://exchange.test/a/other"), ("?y", "https://exchange.test/a/keys?y"),
        ("//exchange.test/z", "https://exchange.test/z"), ("/b#part", "https://exchange.test/b"),
    ])
    func aRedirectWithinTheOriginIsFollowed(location: String, target: String) throws {
        for status in [307, 308] {
            let response = Response(status: status, fields: ["Location": location])
            let next = try #require(try closed.redirected(OutgoingRequest(.post, "https://exchange.test/a/keys", body: [1]), by: response))
            #expect(next.url == target)
            #expect(next.method == .post)
            #expect(next.body == [1])
        }
    }

    @Test func aRedirectToAStrangerFollowsTheStrangersRule() throws {
        let request = OutgoingRequest(.get, "https://exchange.test/keys", fields: ["Authorization": "Bearer x"])
        let response = Response(status: 307, fields: ["Location": "https://other.test/keys"])
        #expect(throws: FetchPolicy.Refusal.stranger) { try closed.redirected(request, by: response) }
        let next = try #require(try open.redirected(request, by: response))
        #expect(next.publicAddressesOnly)
        #expect(next.fields["Authorization"] == nil)
        for location in ["http://exchange.test/keys", "http://127.0.0.1/", "//other.test:80/"] {
            let answer = Response(status: 308, fields: ["Location": location])
            #expect(throws: FetchPolicy.Refusal.stranger) { try closed.redirected(request, by: answer) }
        }
        for location in ["file:///etc/passwd", "https://user@other.test/", "//", "https:"] {
            let answer = Response(status: 308, fields: ["Location": location])
            #expect(throws: FetchPolicy.Refusal.malformed) { try open.redirected(request, by: answer) }
        }
    }

    @Test func otherAnswersAreNoRedirects() throws {
        let request = OutgoingRequest(.get, "https://exchange.test/keys")
        for response in [
            Response(status: 301, fields: ["Location": "/b"]), Response(status: 302, fields: ["Location": "/b"]), Response(status: 307),
            Response(status: 200, fields: ["Location": "/b"]),
        ] { #expect(try closed.redirected(request, by: response) == nil) }
    }

    /// Redirects everything to one place.
    private final class Redirecting: Sender {
        let location: String
        let urls = Mutex<[String]>([])

        init(_ location: String) { self.location = location }

        func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
            urls.withLock { $0.append(request.url) }
            return Response(status: 307, fields: ["Location": location])
        }
    }

    @Test func threeRedirectsAreFollowedAndNoMore() async throws {
        let sender = Redirecting("/again")
        let response = try await PolicedSender(sender, closed).send(OutgoingRequest(.get, "https://exchange.test/keys"))
        #expect(response.status == 307)
        #expect(sender.urls.withLock { $0 } == ["https://exchange.test/keys"] + Array(repeating: "https://exchange.test/again", count: 3))
    }

    @Test func nothingIsSentToWhatIsRefused() async throws {
        let sender = Redirecting("https://other.test/")
        let policed = PolicedSender(sender, closed)
        await #expect(throws: SendError.notSent("\(FetchPolicy.Refusal.stranger)")) {
            try await policed.send(OutgoingRequest(.get, "https://other.test/keys"))
        }
        #expect(try await policed.send(OutgoingRequest(.get, "https://exchange.test/keys")).status == 307)
        #expect(sender.urls.withLock { $0 } == ["https://exchange.test/keys"])
    }
}
