// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import TalerWire
import Testing

struct AddressTests {
    private let logger: Logger = {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }()

    /// A socket's path has room for 107 bytes.
    private func scratchPath() -> String { "/tmp/http-\(UUID().uuidString).sock" }

    @Test func aTakenPortIsSaid() throws {
        let server = try Server.start(ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0)), handler: echo, logger: logger)
        let taken = ServerAddress.tcp(host: "127.0.0.1", port: server.port)
        #expect(throws: ServerError.cannotListen(address: taken.description, reason: "Address already in use")) {
            try Server.start(ServerConfiguration(address: taken), handler: echo, logger: logger)
        }
    }

    @Test func anAddressThatIsNoneIsSaid() {
        #expect(throws: ServerError.self) {
            try Server.start(ServerConfiguration(address: .tcp(host: "no such host", port: 0)), handler: echo, logger: logger)
        }
        #expect(throws: ServerError.self) {
            try Server.start(
                ServerConfiguration(address: .unix(path: String(repeating: "x", count: 200), mode: 0o600)), handler: echo, logger: logger)
        }
    }

    @Test func theSocketFileHasItsModeAndIsRemoved() async throws {
        let path = scratchPath()
        let server = try Server.start(
            ServerConfiguration(address: .unix(path: path, mode: 0o660)), handler: echo, logger: logger)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o660)
        let client = CurlSender(unixSocket: path)
        let answer = try await client.send(OutgoingRequest(.post, "http://localhost/a", body: Array("x".utf8)))
        #expect(try answer.json()["local"] == true)
        #expect(try answer.json()["peer"] == .null)
        #expect(try answer.json()["path"] == ["a"])
        await server.stop()
        #expect(!FileManager.default.fileExists(atPath: path))
        client.shutdown()
    }

    @Test func aSocketFileLeftBehindIsReplacedButNotAServedOne() async throws {
        let path = scratchPath()
        let configuration = ServerConfiguration(address: .unix(path: path, mode: 0o600))
        try leaveSocketFile(at: path)
        let server = try Server.start(configuration, handler: echo, logger: logger)
        #expect(throws: ServerError.cannotListen(address: "unix:\(path)", reason: "Address already in use")) {
            try Server.start(configuration, handler: echo, logger: logger)
        }
        let client = CurlSender(unixSocket: path)
        #expect(try await client.send(OutgoingRequest(.get, "http://localhost/")).status == 200)
        client.shutdown()
        await server.stop()
    }

    @Test func aFileThatIsNoSocketIsLeftAlone() throws {
        let path = scratchPath()
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ServerError.self) {
            try Server.start(ServerConfiguration(address: .unix(path: path, mode: 0o600)), handler: echo, logger: logger)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        try FileManager.default.removeItem(atPath: path)
    }

    @Test func itListensOnIPv6() async throws {
        let server = try Server.start(ServerConfiguration(address: .tcp(host: "::1", port: 0)), handler: echo, logger: logger)
        let client = CurlSender()
        #expect(try await client.send(OutgoingRequest(.get, "http://[::1]:\(server.port)/")).status == 200)
        client.shutdown()
        await server.stop()
    }
}
