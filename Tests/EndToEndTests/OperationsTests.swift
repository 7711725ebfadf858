// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPClient
import HTTPCore
import MerchantAPI
import ProgramFixture
import TalerWire
import Testing

/// What the owner of a shop does with the backend, with real processes and files.
@Suite(.serialized) struct OperationsTests {
    private let files = FileManager.default

    private func run(_ market: Market, _ arguments: [String]) async throws -> (status: Int32, output: String) {
        let program = try RunningProgram("merchant-backend", arguments + ["-c", market.configuration])
        return (await program.exitStatus(), program.output)
    }

    /// Exit status and the ids of what was found.
    private func doctor(_ market: Market) async throws -> (status: Int32, found: Set<String>, output: String) {
        let (status, output) = try await run(market, ["doctor", "--json"])
        let json = try JSONParser.parse(Array(output.utf8))
        let ids = (json["findings"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
        return (status, Set(ids), output)
    }

    private func change(_ market: Market, _ old: String, _ new: String) throws {
        let text = try String(contentsOfFile: market.configuration, encoding: .utf8)
        #expect(text.contains(old))
        try text.replacingOccurrences(of: old, with: new).write(toFile: market.configuration, atomically: true, encoding: .utf8)
    }

    private func folderName(_ market: Market) -> String { URL(fileURLWithPath: market.folder).lastPathComponent }

    private func setMode(_ mode: Int, _ path: String) throws {
        try files.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test func doctorFindsWhatIsWrongBesideTheBackendAndWithoutIt() async throws {
        let market = try await Market()
        let key = market.folder + "/merchant.key"
        let database = market.folder + "/merchant.sqlite"
        var state = try await doctor(market)
        #expect(state.status == 2)
        #expect(state.found == ["backend-not-running", "exchange-unreachable", "key-missing", "token-missing", "database-missing"])
        // Looking makes no files.
        #expect(!files.fileExists(atPath: key))
        #expect(!files.fileExists(atPath: database))

        let bank = try await market.start("sandbox", "bank")
        let exchange = try await market.start("sandbox", "exchange")
        let backend = try await market.start("merchant-backend", "serve")
        state = try await doctor(market)
        #expect(state.status == 0, "\(state.output)")
        #expect(state.found == ["backend-running"])
        let (_, words) = try await run(market, ["doctor"])
        #expect(words.contains("Nothing keeps this shop from being paid."))

        try setMode(0o644, key)
        #expect(try await doctor(market).found.contains("file-mode"))
        try setMode(0o600, key)

        let text = try String(contentsOfFile: market.configuration, encoding: .utf8)
        func trying(_ old: String, _ new: String) async throws -> (status: Int32, found: Set<String>, output: String) {
            try change(market, old, new)
            let state = try await doctor(market)
            try text.write(toFile: market.configuration, atomically: true, encoding: .utf8)
            return state
        }
        let master = try #require(text.split(separator: "\n").first { $0.hasPrefix("MASTER_KEY = ") }.map(String.init))
        #expect(try await trying(master, "MASTER_KEY = \(MasterPublicKey.zero.base32)").found.contains("master-key-mismatch"))
        #expect(try await trying("[merchant-account-shop]", "[account-shop]").found.contains("no-account"))
        #expect(try await trying("[merchant-exchange-sandbox]", "[exchange-sandbox]").found.contains("no-exchange"))
        #expect(
            try await trying("PAYTO_URI = payto://x-taler-bank/127.0.0.1:", "PAYTO_URI = payto://void/127.0.0.1:").found
                .contains("wire-method-unsupported"))
        let misspelt = try await trying("WIRE_TRANSFER_DELAY", "WIRE_TRANSFER_DALAY")
        #expect(misspelt.status == 1)
        #expect(misspelt.found == ["backend-running", "unknown-setting"])
        #expect(try await trying("REVENUE_PASSWORD_FILE = ", "REVENUE_PASSWORD_FILE = no-").found.contains("file-missing"))
        #expect(try await trying("KEYS_FOLDER", "SMALLEST_UNIT = KUDOS:0\nKEYS_FOLDER").found == ["configuration"])
        let broken = try await trying("KEYS_FOLDER = merchant-keys", "KEYS_FOLDER\nX = merchant-keys")
        #expect(broken.status == 2)
        #expect(broken.found == ["configuration"])
        #expect(broken.output.contains("taler.conf:"))

        #expect(await exchange.stop() == 0)
        #expect(try await doctor(market).found == ["backend-running", "exchange-unreachable"])
        #expect(await backend.stop() == 0)
        #expect(try await doctor(market).found == ["backend-not-running", "exchange-unreachable"])

        try files.moveItem(atPath: key, toPath: key + ".away")
        #expect(try await doctor(market).found.contains("key-missing"))
        // No key is made for a database that has an owner.
        let refused = try await run(market, ["serve"])
        #expect(refused.status != 0)
        #expect(!files.fileExists(atPath: key))
        try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: key))
        try setMode(0o600, key)
        #expect(try await doctor(market).found.contains("key-of-other-database"))
        try Data(repeating: 7, count: 31).write(to: URL(fileURLWithPath: key))
        #expect(try await doctor(market).found.contains("key-unusable"))
        try files.removeItem(atPath: key)
        try files.moveItem(atPath: key + ".away", toPath: key)

        let file = try FileHandle(forUpdating: URL(fileURLWithPath: database))
        try file.seek(toOffset: 0)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 512))
        try file.close()
        for suffix in ["-wal", "-shm"] { try? files.removeItem(atPath: database + suffix) }
        #expect(try await doctor(market).found.contains("database-damaged"))
        #expect(await bank.stop() == 0)
        await market.close()
    }

    @Test func aBackupOfAServingBackendBringsBackKeyAndPayments() async throws {
        let market = try await Market()
        let programs = try await market.startAll()
        #expect(try await market.wallet(["withdraw", "KUDOS:5"]).status == 0)
        let bought = try await market.wallet(["pay", market.url("shop"), "tally-sticks"])
        #expect(bought.status == 0)
        let backup = market.folder + "/backup"
        #expect(try await run(market, ["backup", backup]).status == 0)
        #expect(try await run(market, ["backup", backup]).status != 0, "a backup is not overwritten")
        #expect(try await run(market, ["backup", backup, "--force"]).status == 0)
        for own in ["merchant.sqlite", "merchant.sqlite-wal", "merchant.key", "merchant.token", "../\(folderName(market))/merchant.sqlite"]
        {
            let refused = try await run(market, ["backup", market.folder + "/" + own, "--force"])
            #expect(refused.status == 1, "a backup takes the place of nothing that the backend lives on")
            #expect(refused.output.contains("another name"), "\(refused.output)")
        }
        let kept = market.folder + "/backups"
        try files.createDirectory(atPath: kept, withIntermediateDirectories: false)
        #expect(try await run(market, ["backup", kept, "--force"]).status == 1, "nor that of a folder")
        #expect(try files.contentsOfDirectory(atPath: kept).isEmpty)
        #expect(try files.contentsOfDirectory(atPath: market.folder).allSatisfy { !$0.hasSuffix(".new") }, "nothing is left lying about")
        let busy = try await run(market, ["restore", backup, "--force"])
        #expect(busy.status != 0)
        #expect(busy.output.contains("locked"))
        let names = ["merchant.key", "merchant.token", "merchant.sqlite"]
        let key = try Data(contentsOf: URL(fileURLWithPath: market.folder + "/merchant.key"))
        #expect(await programs[2].stop() == 0)
        #expect(try await run(market, ["restore", backup]).status != 0, "files that are there are not overwritten")
        for name in names + ["merchant.sqlite-wal", "merchant.sqlite-shm"] {
            try? files.removeItem(atPath: market.folder + "/" + name)
        }
        let restored = try await run(market, ["restore", backup])
        #expect(restored.status == 0, "\(restored.output)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: market.folder + "/merchant.key")) == key)
        for name in names {
            let mode = try files.attributesOfItem(atPath: market.folder + "/" + name)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
        }
        let again = try await market.start("merchant-backend", "serve")
        let contract = try #require(
            bought.output.split(whereSeparator: \.isWhitespace).drop { $0 != "H_contract" }.dropFirst().first
                .map { String($0.filter { $0.isLetter || $0.isNumber }) })
        let order = try await run(market, ["order", contract])
        #expect(order.output.contains("paid"), "\(order.output)")
        #expect(try await market.wallet(["pay", market.url("shop"), "night-loaf"]).status == 0)
        #expect(try await run(market, ["keys"]).output.contains("denominations are accepted now"))
        for program in [programs[0], programs[1], programs[3], again] { #expect(await program.stop() == 0) }
        await market.close()
    }

    @Test func commandsThatFailSayWhyInPlainWordsAndMakeNothing() async throws {
        let market = try await Market()
        let contract = ContractHash.zero.base32
        let exchange = try market.url("exchange")
        for arguments in [
            ["order", contract], ["backup", market.folder + "/backup"], ["export"], ["restore", market.folder + "/backup"],
            ["keys", "--fetch", exchange],
        ] {
            let (status, output) = try await run(market, arguments)
            #expect(status == 1, "\(arguments)")
            #expect(!output.contains("Usage") && !output.contains("notSent"), "\(output)")
        }
        for name in ["merchant.key", "merchant.token", "merchant.sqlite", "backup"] {
            #expect(!files.fileExists(atPath: market.folder + "/" + name), "\(name)")
        }
        #expect(try await run(market, ["export", "--from", "2026-02-30"]).status == 64)
        await market.close()
    }

    @Test func aBackendOnAUnixSocketNeedsNoTokenThere() async throws {
        let market = try await Market()
        let socket = NSTemporaryDirectory() + "s-\(UUID().uuidString.prefix(8))"
        let lines = try String(contentsOfFile: market.configuration, encoding: .utf8).components(separatedBy: "[merchant]\nSERVE = tcp\n")
        #expect(lines.count == 2)
        try lines.joined(separator: "[merchant]\nSERVE = unix\nUNIXPATH = \(socket)\nUNIXPATH_MODE = 600\n")
            .write(toFile: market.configuration, atomically: true, encoding: .utf8)
        let exchange = try await market.start("sandbox", "exchange")
        let backend = try RunningProgram(
            "merchant-backend", ["serve", "-c", market.configuration], environment: ["LOG_FORMAT": "json", "LOG_LEVEL": "debug"])
        try await backend.waitForLog("serving")
        let client = CurlSender(unixSocket: socket)
        for path in ["status", "metrics", "order?H_contract=x"] {
            #expect(try await client.send(OutgoingRequest(.get, "http://localhost/" + path)).status != 401)
        }
        let answer = try await client.send(OutgoingRequest(.get, "http://localhost/metrics"))
        #expect(
            String(decoding: answer.body, as: UTF8.self).contains("taler_merchant_requests_total{route=\"GET /status\",status=\"200\"} 1"))
        let id = try #require(answer.fields["X-Request-Id"])
        client.shutdown()
        #expect(try await doctor(market).found == ["backend-running"])
        #expect(await backend.stop() == 0)
        #expect(!files.fileExists(atPath: socket))
        let log = try backend.output.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
        let line = try #require(log.first { $0["request"]?.stringValue == id })
        #expect(line["path"] == "/metrics")
        #expect(line["status"] == 200)
        #expect(await exchange.stop() == 0)
        await market.close()
    }
}
