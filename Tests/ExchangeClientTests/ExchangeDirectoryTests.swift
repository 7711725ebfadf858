// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import Foundation
import HTTPCore
import Logging
import TalerWire
import TestSupport
import Testing

struct ExchangeDirectoryTests {
    static let url = "https://exchange.test/"
    var exchange: OwnExchange
    let sender = ScriptedExchange()
    let timer = ManualTimer()
    let clock: FixedClock

    init() throws {
        exchange = try OwnExchange()
        clock = FixedClock(exchange.now)
        try sender.keys(Self.url, exchange)
    }

    private func directory(
        _ urls: [String] = [Self.url], through other: (any Sender)? = nil, cache: String? = nil, auditors: [AuditorPublicKey: String] = [:]
    ) -> ExchangeDirectory {
        ExchangeDirectory(
            urls.map { .init(baseURL: $0, masterPub: exchange.masterPub) },
            fetcher: KeysFetcher(sender: other ?? sender, clock: clock, currency: exchange.currency, auditors: auditors),
            cacheFolder: cache, timer: timer, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Says who is asked, and answers nobody until it is released.
    private final class SilentSender: Sender {
        let asked: AsyncStream<String>
        private let asks: AsyncStream<String>.Continuation
        private let released: AsyncStream<Void>
        private let release: AsyncStream<Void>.Continuation

        init() {
            (asked, asks) = AsyncStream.makeStream(of: String.self)
            (released, release) = AsyncStream.makeStream(of: Void.self)
        }

        func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
            asks.yield(request.url)
            for await _ in released {}
            throw .timedOut
        }

        func end() { release.finish() }
    }

    @Test func anExchangeThatDoesNotAnswerKeepsNoOtherWaiting() async throws {
        let sender = SilentSender()
        defer { sender.end() }
        let directory = directory(["http://a.test/", "http://b.test/"], through: sender)
        let running = Task { await directory.run() }
        defer { running.cancel() }
        var asked: Set<String> = []
        for await url in sender.asked {
            asked.insert(url)
            if asked.count == 2 { break }
        }
        #expect(asked == ["http://a.test/keys", "http://b.test/keys"])
    }

    @Test func aHundredRequestsWithoutKeysShareOneFetch() async throws {
        let directory = directory()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 { group.addTask { try await directory.keys(of: Self.url).denominations.count } }
            for try await count in group { #expect(count == 2) }
        }
        #expect(sender.urls == [Self.url + "keys"])
        _ = try await directory.keys(of: Self.url)
        #expect(sender.urls.count == 1)
    }

    @Test func anUnknownDenominationBringsAboutOneFetchInTenSeconds() async throws {
        let directory = directory()
        _ = try await directory.keys(of: Self.url)
        let wanted = DenominationHash.zero
        for _ in 0..<20 { _ = try await directory.keys(of: Self.url) { $0.denominations[wanted] != nil } }
        #expect(sender.urls.count == 2)
        timer.advance(by: .seconds(9))
        try await directory.refresh(Self.url)
        #expect(sender.urls.count == 2)
        timer.advance(by: .seconds(1))
        try await directory.refresh(Self.url)
        #expect(sender.urls.count == 3)
    }

    /// Keys that change twice within ten seconds leave no payment unverified.
    @Test func anAnswerThatDoesNotFitIsFollowedByAFetchThoughARequestWasAMomentAgo() async throws {
        let directory = directory()
        _ = try await directory.keys(of: Self.url)
        for _ in 0..<3 { try await directory.refresh(Self.url) }
        #expect(sender.urls.count == 2)
        for _ in 0..<3 { try await directory.refresh(Self.url, for: .answer) }
        #expect(sender.urls.count == 3)
        timer.advance(by: .seconds(1))
        for _ in 0..<3 { try await directory.refresh(Self.url, for: .answer) }
        #expect(sender.urls.count == 4)
        for _ in 0..<3 { try await directory.refresh(Self.url) }
        #expect(sender.urls.count == 4)
    }

    @Test func whatIsLookedForIsFound() async throws {
        let directory = directory()
        #expect(try await directory.keys(of: Self.url).denominations.count == 2)
        var grown = exchange
        grown.denominationCount = 3
        try sender.keys(Self.url, grown)
        let wanted = try #require(try grown.denominationHashes.last)
        #expect(try await directory.keys(of: Self.url) { $0.denominations[wanted] != nil }.denominations[wanted] != nil)
    }

    @Test func whatIsHeldStaysHeldWhenAFetchFails() async throws {
        let directory = directory()
        _ = try await directory.keys(of: Self.url)
        sender.answer(Self.url + "keys", .failure(.timedOut))
        clock.advance(bySeconds: 5)
        await #expect(throws: KeysError.unreachable("no answer in time")) { try await directory.refresh(Self.url) }
        let state = await directory.state(of: Self.url)
        #expect(state.keys != nil)
        #expect(state.lastSuccess == exchange.now)
        #expect(state.lastError == .unreachable("no answer in time"))
        #expect(state.lastErrorTime == clock.now())
        #expect(try await directory.keys(of: Self.url) { _ in false }.denominations.count == 2)
    }

    @Test func aDeadExchangeIsNotAskedByEveryRequest() async throws {
        let directory = directory()
        sender.answer(Self.url + "keys", .failure(.notSent("refused")))
        for _ in 0..<20 {
            await #expect(throws: KeysError.unreachable("refused")) { try await directory.keys(of: Self.url) }
        }
        #expect(sender.urls.count == 1)
        timer.advance(by: .seconds(1))
        try sender.keys(Self.url, exchange)
        _ = try await directory.keys(of: Self.url)
        #expect(sender.urls.count == 2)
    }

    /// Length of the first sleep of `run()`.
    private func firstSleep(_ directory: ExchangeDirectory) async -> Duration? {
        let running = Task { await directory.run() }
        defer { running.cancel() }
        for await sleep in timer.sleeps { return sleep }
        return nil
    }

    @Test func keysAreFetchedAnewBeforeTheyExpire() async throws {
        // The exchange's clock is an hour ahead; what it says holds for 1000 seconds.
        try sender.keys(
            Self.url, exchange, fields: ["Date": "Sat, 21 Nov 2026 03:56:24 GMT", "Expires": "Sat, 21 Nov 2026 04:13:04 GMT"])
        let directory = directory()
        let sleep = try #require(await firstSleep(directory))
        #expect(sleep >= .seconds(700) && sleep <= .seconds(900))
        let state = await directory.state(of: Self.url)
        #expect(state.clockDifference == 3600)
        #expect(state.expires == exchange.now.advanced(bySeconds: 1000))
        #expect(state.versionText == "23:0:6")
    }

    @Test func keysAreFetchedAnewBeforeTheSigningKeyEnds() async throws {
        var exchange = exchange
        exchange.signerExpires = exchange.now.advanced(bySeconds: 100)
        try sender.keys(Self.url, exchange, fields: ["Expires": "Sat, 21 Nov 2099 04:13:04 GMT"])
        let sleep = try #require(await firstSleep(directory()))
        #expect(sleep >= .seconds(70) && sleep <= .seconds(90))
    }

    @Test func keysAreFetchedAnewBeforeTheLastDenominationEnds() async throws {
        var exchange = exchange
        exchange.depositsExpire = exchange.now.advanced(bySeconds: 200)
        try sender.keys(Self.url, exchange)
        let sleep = try #require(await firstSleep(directory()))
        #expect(sleep >= .seconds(140) && sleep <= .seconds(180))
    }

    @Test func nothingIsKeptForLongerThanAnHourAndNothingFetchedAtOnceAgain() async throws {
        let long = try #require(await firstSleep(directory()))
        #expect(long >= .seconds(2520) && long <= .seconds(3240))
        try sender.keys(Self.url, exchange, fields: ["Expires": "Sat, 21 Nov 2020 04:13:04 GMT"])
        #expect(await firstSleep(directory()) == .seconds(10))
    }

    @Test func delaysGrowWhileFetchingFailsAndShrinkAfterASuccess() async throws {
        sender.answer(Self.url + "keys", .success(Response(status: 503, json: ["code": 1007])))
        let directory = directory()
        let running = Task { await directory.run() }
        defer { running.cancel() }
        var expected: [Double] = [1, 2, 4, 8, 16, 32, 60, 60]
        for await sleep in timer.sleeps {
            let seconds = expected.removeFirst()
            #expect(sleep >= .seconds(seconds * 0.75) && sleep <= .seconds(seconds * 1.25))
            if expected.isEmpty { break }
            timer.advance(by: sleep)
        }
        #expect(await directory.state(of: Self.url).lastError == .status(503))
    }

    @Test func anUnsupportedVersionIsNamed() async throws {
        var exchange = exchange
        exchange.version = "13:2:4"
        try sender.keys(Self.url, exchange)
        let directory = directory()
        await #expect(throws: KeysError.version("13:2:4")) { try await directory.keys(of: Self.url) }
        #expect(await directory.state(of: Self.url).versionText == "13:2:4")
        #expect("\(KeysError.version("13:2:4"))" == "its protocol 13:2:4 is not supported (14 to 32 are)")
    }
}
