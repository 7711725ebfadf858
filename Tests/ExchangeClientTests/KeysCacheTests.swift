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

/// Keys that outlive the process.
struct KeysCacheTests {
    static let url = "https://exchange.test/"
    let folder: String
    let exchange: OwnExchange
    let clock: FixedClock

    init() throws {
        folder = NSTemporaryDirectory() + "keys-cache-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        exchange = try OwnExchange()
        clock = FixedClock(exchange.now)
    }

    private func directory(_ sender: ScriptedExchange, master: MasterPublicKey? = nil, url: String = Self.url) -> ExchangeDirectory {
        ExchangeDirectory(
            [.init(baseURL: url, masterPub: master ?? exchange.masterPub)],
            fetcher: KeysFetcher(sender: sender, clock: clock, currency: exchange.currency), cacheFolder: folder, timer: ManualTimer(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    private func fill() async throws {
        let sender = ScriptedExchange()
        try sender.keys(Self.url, exchange, fields: ["Date": "Sat, 21 Nov 2026 02:56:20 GMT", "Expires": "Sat, 21 Nov 2026 03:56:20 GMT"])
        _ = try await directory(sender).keys(of: Self.url)
    }

    private var files: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: folder) } }

    @Test func aNewProcessHasThemWithoutTheNetwork() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await fill()
        let sender = ScriptedExchange()
        clock.advance(bySeconds: 60)
        let directory = directory(sender)
        await directory.loadCache()
        let state = await directory.state(of: Self.url)
        #expect(state.keys?.denominations.count == 2)
        #expect(state.lastSuccess == exchange.now)
        #expect(state.clockDifference == -4)
        #expect(state.expires == exchange.now.advanced(bySeconds: 3600))
        #expect(sender.urls.isEmpty)
    }

    @Test func theyAreReadableAndNothingElseIsLeftBehind() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await fill()
        let name = try #require(try files.first)
        #expect(try files.count == 1)
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int
        #expect(mode == 0o644)
    }

    @Test func whatDoesNotVerifyAnyMoreIsIgnored() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await fill()
        let other = directory(ScriptedExchange(), master: .zero)
        await other.loadCache()
        #expect(await other.state(of: Self.url).keys == nil)
        let path = folder + "/" + (try #require(try files.first))
        let text = try #require(FileManager.default.contents(atPath: path))
        let forged = String(decoding: text, as: UTF8.self).replacing("KUDOS:0.01", with: "KUDOS:0.02")
        for broken in [Data(text.dropLast(1)), Data(), Data("[]".utf8), Data(forged.utf8)] {
            try broken.write(to: URL(fileURLWithPath: path))
            let directory = directory(ScriptedExchange())
            await directory.loadCache()
            #expect(await directory.state(of: Self.url).keys == nil)
        }
    }

    @Test func anotherExchangeOfTheSameMasterHasItsOwn() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await fill()
        let other = directory(ScriptedExchange(), url: "https://other.test/")
        await other.loadCache()
        #expect(await other.state(of: "https://other.test/").keys == nil)
    }

    @Test func accountsAndFeesOfProtocol14AreFetchedAndKeptToo() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let old = try RecordedExchange14()
        let sender = ScriptedExchange([
            Self.url + "keys": .success(Response(json: old.keysJSON)), Self.url + "wire": .success(Response(json: old.wireJSON)),
        ])
        let first = directory(sender, master: old.master)
        let fetched = try await first.keys(of: Self.url)
        #expect(fetched.commonProtocol == 14)
        #expect(fetched.accounts.count == 1)
        #expect(sender.urls == [Self.url + "keys", Self.url + "wire"])
        let second = directory(ScriptedExchange(), master: old.master)
        await second.loadCache()
        #expect(await second.state(of: Self.url).keys?.accounts == fetched.accounts)
    }

    @Test func withoutAccountsTheKeysOfProtocol14AreNone() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let old = try RecordedExchange14()
        let sender = ScriptedExchange([
            Self.url + "keys": .success(Response(json: old.keysJSON)), Self.url + "wire": .success(Response(status: 404, json: [:])),
        ])
        let directory = directory(sender, master: old.master)
        await #expect(throws: KeysError.status(404)) { try await directory.keys(of: Self.url) }
    }
}
