// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import HTTPServer
import Logging
import ProgramFixture
import Synchronization
import TalerWire
import TestVectors
import Testing

/// Backups that must not be made, and restores that cannot be finished: nothing that was there is lost.
@Suite(.serialized) struct BackupFailureTests {
    private let files = FileManager.default

    private func run(_ market: Market, _ arguments: [String]) async throws -> (status: Int32, output: String) {
        let program = try RunningProgram("merchant-backend", arguments + ["-c", market.configuration])
        return (await program.exitStatus(), program.output)
    }

    private func content(_ path: String) -> Data? { files.contents(atPath: path) }

    @Test func aBackupReplacesNeitherDatabaseNorKeyNorTokenAndHoldsWhatBelongsTogether() async throws {
        let market = try await Market()
        let exchange = try await market.start("sandbox", "exchange")
        let backend = try await market.start("merchant-backend", "serve")
        #expect(await backend.stop() == 0)
        #expect(await exchange.stop() == 0)
        let (key, token, database) = (
            market.folder + "/merchant.key", market.folder + "/merchant.token", market.folder + "/merchant.sqlite"
        )
        try files.createSymbolicLink(atPath: market.folder + "/link", withDestinationPath: database)
        let before = [key, token, database].map(content)
        for target in [key, token, database, database + "-wal", market.folder + "/./merchant.sqlite", market.folder + "/link"] {
            let refused = try await run(market, ["backup", target, "--force"])
            #expect(refused.status != 0, "\(target)")
        }
        #expect([key, token, database].map(content) == before)

        // The key of another shop.
        try files.moveItem(atPath: key, toPath: key + ".away")
        try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: key))
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        let backup = market.folder + "/backup"
        #expect(try await run(market, ["backup", backup]).status != 0)
        #expect(!files.fileExists(atPath: backup))
        await market.close()
    }

    @Test func aRestoreThatCannotBeFinishedLeavesEverythingWhereItWas() async throws {
        let market = try await Market()
        let exchange = try await market.start("sandbox", "exchange")
        let backend = try await market.start("merchant-backend", "serve")
        #expect(await backend.stop() == 0)
        #expect(await exchange.stop() == 0)
        let backup = market.folder + "/backup"
        #expect(try await run(market, ["backup", backup]).status == 0)
        let (key, database) = (market.folder + "/merchant.key", market.folder + "/merchant.sqlite")
        let before = [key, database].map(content)
        #expect(before.allSatisfy { $0 != nil })
        let text = try String(contentsOfFile: market.configuration, encoding: .utf8)
        // No folder for the token.
        let changed = text.replacingOccurrences(of: "TOKEN_FILE = ", with: "TOKEN_FILE = nowhere/")
        #expect(changed != text)
        try changed.write(toFile: market.configuration, atomically: true, encoding: .utf8)
        #expect(try await run(market, ["restore", backup, "--force"]).status != 0)
        #expect([key, database].map(content) == before)
        let left = try files.contentsOfDirectory(atPath: market.folder)
        #expect(!left.contains { $0.contains(".new") || $0.contains(".before-restore") }, "\(left)")

        // A rollback journal of the old database would be played back into the new one.
        try text.write(toFile: market.configuration, atomically: true, encoding: .utf8)
        try Data("old".utf8).write(to: URL(fileURLWithPath: database + "-journal"))
        #expect(try await run(market, ["restore", backup, "--force"]).status == 0)
        #expect(!files.fileExists(atPath: database + "-journal"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: key)) == before[0])
        await market.close()
    }

    /// A file that is made first and closed to others then could be opened in between: a backup with the key in it, for example.
    @Test func nothingThatTheProgramMakesIsOpenToOthersEvenForAMoment() async throws {
        let market = try await Market()
        let exchange = try await market.start("sandbox", "exchange")
        let backend = try await market.start("merchant-backend", "serve")
        // Made without a mode of its own: what it has is the program's mask.
        let mode = try files.attributesOfItem(atPath: market.folder + "/merchant-keys")[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o700)
        #expect(await backend.stop() == 0)
        #expect(await exchange.stop() == 0)
        await market.close()
    }

    /// Its accounts and fees are in another answer than its keys.
    @Test func theMasterKeyOfAnExchangeOfProtocol14IsShownAfterBothAnswersWereVerified() async throws {
        let market = try await Market()
        let old = try OldExchange()
        let server = try Server.start(
            ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0)), handler: old,
            logger: Logger(label: "old", factory: { _ in SwiftLogNoOpLogHandler() }))
        let shown = try await run(market, ["keys", "--fetch", "http://127.0.0.1:\(server.port)/"])
        #expect(shown.output.contains(try #require(old.keys["master_public_key"]?.stringValue)))
        #expect(old.paths == ["/keys", "/wire"])
        await server.stop()
        await market.close()
    }

    private final class OldExchange: Handler {
        let keys: JSONValue
        private let wire: JSONValue
        private let asked = Mutex<[String]>([])
        var paths: [String] { asked.withLock { $0 } }

        init() throws {
            keys = try Transcript.json("protocol14/keys")["response"]?["body"] ?? .null
            wire = try Transcript.json("protocol14/wire")["response"]?["body"] ?? .null
        }

        func handle(_ request: Request) async -> Response {
            let path = "/" + request.path.joined(separator: "/")
            asked.withLock { $0.append(path) }
            return switch path {
            case "/keys": Response(json: keys)
            case "/wire": Response(json: wire)
            default: Response(status: 404, json: [:])
            }
        }
    }
}
