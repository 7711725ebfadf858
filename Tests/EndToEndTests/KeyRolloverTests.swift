// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPClient
import HTTPCore
import MerchantAPI
import ProgramFixture
import TalerCrypto
import TalerWire
import Testing

/// Keys of the exchange that change while everybody serves.
@Suite struct KeyRolloverTests {
    /// Writes these lines into the exchange's section.
    private func configure(_ market: Market, _ lines: String) throws {
        let text = try String(contentsOfFile: market.configuration, encoding: .utf8)
        try text.replacingOccurrences(of: "[exchange]\n", with: "[exchange]\n\(lines)\n")
            .write(toFile: market.configuration, atomically: true, encoding: .utf8)
    }

    private func exchange(_ market: Market, _ arguments: [String]) async throws -> (status: Int32, output: String) {
        let program = try RunningProgram("sandbox", ["exchange"] + arguments + ["-c", market.configuration])
        return (await program.exitStatus(), program.output)
    }

    private func keys(_ market: Market) async throws -> JSONValue {
        try await market.sender.send(OutgoingRequest(.get, try market.url("exchange") + "keys")).json()
    }

    /// `/keys` as soon as they are as wanted. Between two looks the exchange keeps a question open for a moment.
    private func keys(_ market: Market, _ isWanted: (JSONValue) -> Bool) async throws -> JSONValue {
        let pause = OutgoingRequest(
            .get, try market.url("exchange") + "reserves/\(EdDSAPrivateKey().publicKey(as: ReservePublicKey.self))?timeout_ms=200")
        while true {
            let found = try await keys(market)
            if isWanted(found) { return found }
            _ = try await market.sender.send(pause)
        }
    }

    private func buy(_ market: Market, _ product: String, wallet: String = "wallet") async throws -> (status: Int32, output: String) {
        try await market.wallet(["pay", market.url("shop"), product], name: wallet)
    }

    @Test func purchasesGoOnWhileOneGenerationOfKeysFollowsTheOther() async throws {
        let market = try await Market()
        // A new generation every four seconds, each known long before it begins.
        try configure(
            market,
            """
            SIGNKEY_DURATION = 10 s
            DENOM_WITHDRAW_DURATION = 10 s
            DENOM_DEPOSIT_DURATION = 1 h
            OVERLAP = 6 s
            LOOKAHEAD = 16 s
            RSA_KEYSIZE = 1024
            """)
        // The keys of the setup hold for a year: new books, with the same offline key.
        for file in ["exchange.sqlite", "exchange.sqlite-wal", "exchange.sqlite-shm"] {
            try? FileManager.default.removeItem(atPath: market.folder + "/" + file)
        }
        let made = try await exchange(market, ["keys"])
        #expect(made.status == 0, "\(made.output)")
        #expect(made.output.contains("made "))
        let keeper = try RunningProgram("sandbox", ["exchange", "keys", "--watch", "-c", market.configuration])
        try await keeper.waitForLog("watching")
        let programs = try await market.startAll()

        let before = try await keys(market)
        let known = Set((before["signkeys"]?.arrayValue ?? []).compactMap { $0["key"]?.stringValue })
        #expect(!known.isEmpty)
        #expect(try await market.wallet(["withdraw", "KUDOS:5"]).status == 0)
        let first = try await buy(market, "tally-sticks")
        #expect(first.status == 0, "\(first.output)")

        // Signed by a key that was not even listed.
        let after = try await keys(market) { keys in keys["exchange_pub"]?.stringValue.map { !known.contains($0) } ?? false }
        #expect(after["master_public_key"] == before["master_public_key"])
        let old = try await buy(market, "night-loaf")
        #expect(old.status == 0, "\(old.output)")
        // Coins that did not exist before.
        let withdrawal = try await market.wallet(["withdraw", "KUDOS:5"], name: "second")
        #expect(withdrawal.status == 0, "\(withdrawal.output)")
        let new = try await buy(market, "tally-sticks", wallet: "second")
        #expect(new.status == 0, "\(new.output)")

        #expect(keeper.output.contains("made "))
        #expect(programs[1].output.contains("other keys are in use"))
        let audit = try await exchange(market, ["audit"])
        #expect(audit.status == 0, "\(audit.output)")
        for program in programs + [keeper] {
            #expect(await program.stop() == 0)
            #expect(program.output.contains("stopped"), "\(program.name) was cut off")
        }
        await market.close()
    }

    @Test func revokedKeysAreReplacedWhileTheExchangeServes() async throws {
        let market = try await Market()
        try configure(market, "RSA_KEYSIZE = 1024")
        let programs = try await market.startAll()
        #expect(try await market.wallet(["withdraw", "KUDOS:5"]).status == 0)
        #expect(try await buy(market, "tally-sticks").status == 0)
        let before = try await keys(market)

        let revocation = try await exchange(market, ["revoke", "--all"])
        #expect(revocation.status == 0, "\(revocation.output)")
        #expect(revocation.output.contains("11 denominations; revoked 0 signing keys, 11 denominations"), "\(revocation.output)")
        _ = try await keys(market) { $0["recoup"]?.arrayValue?.count == 11 }
        let refused = try await buy(market, "night-loaf")
        #expect(refused.status != 0)
        #expect(try await market.wallet(["withdraw", "KUDOS:5"], name: "second").status == 0)
        let new = try await buy(market, "tally-sticks", wallet: "second")
        #expect(new.status == 0, "\(new.output)")

        let signing = try await exchange(market, ["revoke", "--all-signing-keys"])
        #expect(signing.status == 0, "\(signing.output)")
        _ = try await keys(market) { $0["exchange_pub"] != before["exchange_pub"] }
        let last = try await buy(market, "night-loaf", wallet: "second")
        #expect(last.status == 0, "\(last.output)")

        let nothing = try await exchange(market, ["revoke", "--value", "KUDOS:0.77"])
        #expect(nothing.status == 1)
        #expect(nothing.output.contains("there is no such key"), "\(nothing.output)")
        for arguments in [[], ["--all", "--all-signing-keys"], ["--value", "EUR:1"], ["--denomination", "X"]] {
            #expect(try await exchange(market, ["revoke"] + arguments).status == 64)
        }
        for program in programs { #expect(await program.stop() == 0) }
        await market.close()
    }

    @Test(arguments: [
        ("OVERLAP = 1 year", "OVERLAP"), ("SIGNKEY_DURATION = 0 s", "SIGNKEY_DURATION"), ("LOOKAHEAD = forever", "LOOKAHEAD"),
        ("DENOM_WITHDRAW_DURATION = 1500 ms", "DENOM_WITHDRAW_DURATION"), ("OVERLAP = 0 s\nSIGNKEY_DURATION = 1 s", "LOOKAHEAD"),
        ("RSA_KEYSIZE = 1025", "RSA_KEYSIZE"), ("DENOM_DEPOSIT_DURATION = 2000 years", "DENOM_DEPOSIT_DURATION"),
    ])
    func periodsThatCannotBeAreComplainedOf(_ lines: String, _ key: String) async throws {
        let market = try await Market()
        try configure(market, lines)
        let result = try await exchange(market, ["keys"])
        #expect(result.status == 1)
        #expect(result.output.contains("[exchange] \(key):"), "\(result.output)")
        await market.close()
    }
}
