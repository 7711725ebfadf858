// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPServer
import Logging
import Testing

struct FreePortsTests {
    private func start(_ port: UInt16) throws -> Server {
        try Server.start(
            ServerConfiguration(address: .tcp(host: "127.0.0.1", port: port)), handler: echo,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test func eachIsAnotherOneAndCanBeListenedOn() async throws {
        let ports = try FreePorts.choose(20)
        #expect(Set(ports).count == 20)
        var servers: [Server] = []
        for port in ports { servers.append(try start(port)) }
        #expect(servers.map(\.port) == ports)
        for server in servers { await server.stop() }
    }

    /// The next in turn is taken, so it is passed over.
    @Test func oneOnWhichSomebodyListensIsNone() async throws {
        let last = try #require(try FreePorts.choose(1).first)
        let taken = last < 32_767 ? last + 1 : 20_000
        let server = try start(taken)
        #expect(!(try FreePorts.choose(3)).contains(taken))
        await server.stop()
    }

    @Test func theSystemsOwnAreLeftToIt() throws {
        #expect(try FreePorts.choose(5).allSatisfy { (20_000..<32_768).contains($0) })
    }
}
