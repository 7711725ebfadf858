// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
package import HTTPClient
import HTTPCore
import HTTPServer
import Logging
package import MerchantAPI
import TalerWire

/// Bank, exchange, backend and shop as processes of their own, with all their files in a scratch folder.
package final class Market: Sendable {
    package let folder: String
    package let addresses: [String: String]
    package let sender = CurlSender()
    package let proxy: ExchangeProxy
    private let proxyServer: Server

    package var configuration: String { folder + "/taler.conf" }

    /// Makes keys and configuration; nothing runs yet.
    package init() async throws {
        folder = NSTemporaryDirectory() + "market-\(UUID().uuidString)"
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let setup = try RunningProgram("sandbox", ["setup", "--data", folder, "--resources", root.path])
        guard await setup.exitStatus() == 0 else { throw RunningProgram.Ended(name: "sandbox setup", log: setup.output) }
        let text = try String(contentsOfFile: folder + "/addresses", encoding: .utf8)
        addresses = Dictionary(
            text.split(separator: "\n").map { line in
                let parts = line.split(separator: "=", maxSplits: 1)
                return (String(parts[0]), String(parts[1]))
            }, uniquingKeysWith: { first, _ in first })
        proxy = ExchangeProxy(sender: sender)
        proxyServer = try Server.start(
            ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0)), handler: proxy,
            logger: Logger(label: "proxy", factory: { _ in SwiftLogNoOpLogHandler() }))
        let exchange = addresses["exchange_url"] ?? ""
        proxy.forward(to: exchange)
        // Everybody knows the exchange by the proxy's address.
        let file = try String(contentsOfFile: folder + "/taler.conf", encoding: .utf8)
        try file.replacingOccurrences(of: exchange, with: "http://127.0.0.1:\(proxyServer.port)/")
            .write(toFile: folder + "/taler.conf", atomically: true, encoding: .utf8)
    }

    package func url(_ name: String) throws -> String {
        guard let url = addresses["\(name)_url"] else { throw JSONError(reason: "no address of \(name)") }
        return url
    }

    /// Starts a program and returns when it serves.
    package func start(_ program: String, _ command: String) async throws -> RunningProgram {
        try await start(program, [command])
    }

    /// The same with a command of several words, or with options.
    package func start(_ program: String, _ command: [String]) async throws -> RunningProgram {
        let running = try RunningProgram(program, command + ["-c", configuration])
        try await running.waitForLog("serving")
        return running
    }

    /// All of them, in an order in which each finds what it needs.
    package func startAll() async throws -> [RunningProgram] {
        [
            try await start("sandbox", "bank"), try await start("sandbox", "exchange"), try await start("merchant-backend", "serve"),
            try await start("merchant-frontend", "serve"),
        ]
    }

    /// The command-line wallet, to its end.
    /// - Parameter name: of its database in the scratch folder.
    package func wallet(_ arguments: [String], name: String = "wallet") async throws -> (status: Int32, output: String) {
        let wallet = try RunningProgram("wallet", arguments + ["--wallet", folder + "/\(name).sqlite", "-c", configuration])
        return (await wallet.exitStatus(), wallet.output)
    }

    /// A command of the sandbox, to its end.
    package func sandbox(_ command: [String]) async throws -> (status: Int32, output: String) {
        let running = try RunningProgram("sandbox", command + ["-c", configuration])
        return (await running.exitStatus(), running.output)
    }

    /// Everybody knows the exchange by its own address, not by the proxy's. To be called before anything is started.
    package func withoutProxy() throws {
        let file = try String(contentsOfFile: configuration, encoding: .utf8)
        try file.replacingOccurrences(of: "http://127.0.0.1:\(proxyServer.port)/", with: addresses["exchange_url"] ?? "")
            .write(toFile: configuration, atomically: true, encoding: .utf8)
    }

    /// The backend's word about every contract so far, by transaction id.
    package func backend() throws -> MerchantClient {
        let token = try String(contentsOfFile: folder + "/merchant.token", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        return MerchantClient(baseURL: try url("backend"), token: token, sender: sender)
    }

    /// Stops what this object runs itself, and removes the folder.
    package func close() async {
        await proxyServer.stop()
        sender.shutdown()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
