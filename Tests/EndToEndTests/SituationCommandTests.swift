// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import Foundation
import HTTPClient
import HTTPCore
import MerchantAPI
import ProgramFixture
import TalerWire
import Testing

/// `sandbox exchange situation` against a serving exchange, with a shop and a wallet that meet what was set.
@Suite(.serialized) struct SituationCommandTests {
    @Test func aShopIsTriedFromTheCommandLine() async throws {
        let market = try await Market()
        try market.withoutProxy()
        let programs = [
            try await market.start("sandbox", "bank"), try await market.start("sandbox", ["exchange", "serve", "--situations"]),
            try await market.start("merchant-backend", "serve"), try await market.start("merchant-frontend", "serve"),
        ]
        #expect(programs[1].output.contains("situations are switched on"))
        func situation(_ words: String...) async throws -> String {
            let (status, output) = try await market.sandbox(["exchange", "situation"] + words)
            #expect(status == 0, "\(output)")
            return output
        }
        let shop = try market.url("shop")
        let exchange = try market.url("exchange")
        #expect(try await situation("list").contains("none holds"))
        #expect(try await market.wallet(["withdraw", "KUDOS:5"]).status == 0)

        // The exchange takes the coins, and its answer is lost.
        #expect(
            try await situation("set", "down", "--endpoint", "deposit", "--count", "1", "--carried-out")
                == "set: down: after the request was carried out; only deposit; 1 more request\n")
        #expect(try await situation().contains("1  down: "))
        let first = try await market.wallet(["pay", shop, "tally-sticks"])
        let again = try await market.wallet(["pay", shop, "tally-sticks"])
        #expect(again.status == 0, "\(first.output)\(again.output)")
        #expect(try await situation("list").contains("none holds"))

        // The shop's owner must identify himself.
        _ = try await situation("set", "kyc")
        let config = try await market.sender.send(OutgoingRequest(.get, exchange + "config")).json()
        #expect(config["implementation"]?.stringValue?.hasSuffix(":situations:kyc") == true)
        #expect(try await market.wallet(["pay", shop, "night-loaf"]).status != 0)
        #expect(try await situation("clear", "kyc") == "1 cleared\n")
        let later = try await market.wallet(["pay", shop, "night-loaf"])
        #expect(later.status == 0, "\(later.output)")

        // Keys that the offline key makes beside the serving exchange.
        #expect(try await situation("set", "keys-expiring", "--time", "10m").contains("set: keys-expiring: 10m"))
        let keys: ExchangeKeysResponse = try await market.sender.send(OutgoingRequest(.get, exchange + "keys")).json().decode()
        let now = try Timestamp(seconds: UInt64(Date().timeIntervalSince1970))
        #expect(keys.signKeys.count == 1)
        #expect(keys.signKeys.allSatisfy { $0.expire <= now.advanced(bySeconds: 600) })
        #expect(keys.denominations.contains { $0.value == (try? Amount("KUDOS:0.64")) && $0.feeWithdraw.isZero })
        // They go on signing until they end, and the list goes on saying so.
        #expect(try await situation("clear").contains("0 cleared; cannot be cleared: keys-expiring: 10m; until "))
        #expect(try await situation("list").contains("ends by itself"))
        let (nothing, sentence) = try await market.sandbox(["exchange", "situation", "clear", "99"])
        #expect(nothing == 1)
        #expect(sentence.contains("no such situation holds"))

        let (wrong, complaint) = try await market.sandbox(["exchange", "situation", "set", "clock", "--time", "soon"])
        #expect(wrong != 0)
        #expect(complaint.contains("A length of time"))
        let audit = try await market.sandbox(["exchange", "audit"])
        #expect(audit.status == 0, "\(audit.output)")
        for program in programs { #expect(await program.stop() == 0) }
        await market.close()
    }

    @Test func theCommandSaysThatTheyAreSwitchedOff() async throws {
        let market = try await Market()
        try market.withoutProxy()
        for words in [["list"], ["set", "down"], ["set", "keys-expiring"], ["clear"]] {
            let (status, output) = try await market.sandbox(["exchange", "situation"] + words)
            #expect(status == 1)
            #expect(output.contains("no answer from"))
        }
        // What is needed is said before anything is asked or made.
        let two = try await market.sandbox(["exchange", "revoke", "--all", "--value", "KUDOS:1"])
        #expect(two.status == 64)
        #expect(two.output.contains("only one of"))
        let other = try await market.sandbox(["exchange", "revoke", "--value", "EUR:0.64"])
        #expect(other.status == 64)
        #expect(other.output.contains("KUDOS, not EUR"))
        let folder = market.folder + "/another"
        for (data, resources) in [(market.configuration, "."), (folder, market.folder)] {
            let setup = try RunningProgram("sandbox", ["setup", "--data", data, "--resources", resources])
            #expect(await setup.exitStatus() == 1)
            #expect(setup.output.contains("no folder") || setup.output.contains("has no catalog/"))
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
        let programs = [try await market.start("sandbox", "bank"), try await market.start("sandbox", "exchange")]
        for words in [["list"], ["set", "down"], ["set", "keys-expiring"], ["clear"]] {
            let (status, output) = try await market.sandbox(["exchange", "situation"] + words)
            #expect(status == 1)
            #expect(output.contains("serve --situations"))
            #expect(!output.contains("signing key"))
        }
        #expect(await programs[0].stop() == 0)
        let bank = try market.url("bank")
        let audit = try await market.sandbox(["exchange", "audit"])
        #expect(audit.status == 1)
        #expect(audit.output.contains("the bank cannot be asked, and must be: GET \(bank)"), "\(audit.output)")
        #expect(await programs[1].stop() == 0)
        await market.close()
    }
}
