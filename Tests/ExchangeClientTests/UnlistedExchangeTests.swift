// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import Logging
import TalerWire
import TestSupport
import Testing

/// Exchanges that a stranger names.
struct UnlistedExchangeTests {
    static let url = "https://stranger.test/"
    var exchange: OwnExchange
    let sender = ScriptedExchange()
    let timer = ManualTimer()

    init() throws {
        exchange = try OwnExchange()
        exchange.auditedCount = 1
        try sender.keys(Self.url, exchange)
    }

    private func directory(auditors: [AuditorPublicKey]) -> ExchangeDirectory {
        ExchangeDirectory(
            [.init(baseURL: "https://configured.test/", masterPub: .zero)],
            fetcher: KeysFetcher(
                sender: PolicedSender(sender, FetchPolicy(configured: ["https://configured.test/"], hasAuditors: !auditors.isEmpty)),
                clock: FixedClock(exchange.now), currency: exchange.currency,
                auditors: Dictionary(auditors.map { ($0, "Auditor") }) { first, _ in first }), timer: timer,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    @Test func onlyAuditedDenominationsCount() async throws {
        let directory = directory(auditors: [exchange.auditorPub])
        let keys = try await directory.keys(ofUnlisted: "https://stranger.test")
        let audited = try #require(try exchange.denominationHashes.first)
        #expect(keys.masterPub == exchange.masterPub)
        #expect(Array(keys.denominations.keys) == [audited])
        #expect(keys.isAudited(audited))
        #expect(sender.requests.allSatisfy { $0.publicAddressesOnly })
        _ = try await directory.keys(ofUnlisted: Self.url)
        #expect(sender.urls == [Self.url + "keys"])
    }

    @Test func withoutAnAuditorNothingIsFetched() async throws {
        let directory = directory(auditors: [])
        await #expect(throws: KeysError.notAudited) { try await directory.keys(ofUnlisted: Self.url) }
        #expect(sender.urls.isEmpty)
    }

    @Test func anAuditorThatIsNotConfiguredVouchesForNothing() async throws {
        let directory = directory(auditors: [.zero])
        for _ in 0..<5 { await #expect(throws: KeysError.notAudited) { try await directory.keys(ofUnlisted: Self.url) } }
        // A failure is the answer for a minute.
        #expect(sender.urls.count == 1)
        timer.advance(by: .seconds(60))
        await #expect(throws: KeysError.notAudited) { try await directory.keys(ofUnlisted: Self.url) }
        #expect(sender.urls.count == 2)
    }

    @Test func aForgedAuditorsSignatureIsNone() async throws {
        var keys = try exchange.keys()
        keys.auditors[0].denominationKeys[0].auditorSignature = .zero
        sender.answer(Self.url + "keys", .success(Response(json: try JSONValue(encoding: keys))))
        let directory = directory(auditors: [exchange.auditorPub])
        await #expect(throws: KeysError.notAudited) { try await directory.keys(ofUnlisted: Self.url) }
    }

    @Test func anotherMastersAuditIsNone() async throws {
        // A thief's keys beside the auditor's word for the true ones.
        var thief = try OwnExchange().keys()
        thief.auditors = try exchange.keys().auditors
        sender.answer(Self.url + "keys", .success(Response(json: try JSONValue(encoding: thief))))
        let directory = directory(auditors: [exchange.auditorPub])
        await #expect(throws: KeysError.notAudited) { try await directory.keys(ofUnlisted: Self.url) }
    }

    @Test(arguments: ["http://stranger.test/", "https://u@stranger.test/", "file:///etc/", "https://stranger.test/?x", ""])
    func whatMayNotBeFetchedIsNot(_ url: String) async throws {
        let directory = directory(auditors: [exchange.auditorPub])
        await #expect(throws: KeysError.self) { try await directory.keys(ofUnlisted: url) }
        #expect(sender.urls.isEmpty)
    }

    @Test func anUnknownDenominationBringsAboutOneFetchInTenSeconds() async throws {
        let directory = directory(auditors: [exchange.auditorPub])
        for _ in 0..<5 { _ = try await directory.keys(ofUnlisted: Self.url) { _ in false } }
        #expect(sender.urls.count == 1)
        timer.advance(by: .seconds(10))
        sender.answer(Self.url + "keys", .failure(.timedOut))
        for _ in 0..<5 { _ = try await directory.keys(ofUnlisted: Self.url) { _ in false } }
        #expect(sender.urls.count == 2)
    }

    @Test func manyNamesAreForgottenAgain() async throws {
        let directory = directory(auditors: [exchange.auditorPub])
        _ = try await directory.keys(ofUnlisted: Self.url)
        for number in 0..<16 {
            timer.advance(by: .seconds(1))
            await #expect(throws: KeysError.unreachable("nobody listens")) {
                try await directory.keys(ofUnlisted: "https://stranger-\(number).test/")
            }
        }
        _ = try await directory.keys(ofUnlisted: Self.url)
        #expect(sender.urls.filter { $0 == Self.url + "keys" }.count == 2)
    }
}
