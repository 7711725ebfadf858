// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import Synchronization
import Testing

/// One at a time would be enough; each has a server and a log of its own.
struct RequestIDTests {
    private final class Lines: Sendable {
        private let entries = Mutex<[(level: Logger.Level, message: String, metadata: Logger.Metadata)]>([])
        var all: [(level: Logger.Level, message: String, metadata: Logger.Metadata)] { entries.withLock { $0 } }
        var text: String { all.map { "\($0.message) \($0.metadata)" }.joined(separator: "\n") }
        func append(_ event: LogEvent, _ more: Logger.Metadata) {
            entries.withLock { $0.append((event.level, "\(event.message)", more.merging(event.metadata ?? [:]) { $1 })) }
        }
    }

    private struct Recorder: LogHandler {
        let lines: Lines
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]
        var metadataProvider: Logger.MetadataProvider? = RequestContext.metadataProvider
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) { lines.append(event, metadataProvider?.get() ?? [:]) }
    }

    private func with(_ handler: any Handler, _ body: (any Sender, String) async throws -> Void) async throws -> Lines {
        let lines = Lines()
        let server = try Server.start(
            ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0)), handler: handler,
            logger: Logger(label: "test", factory: { _ in Recorder(lines: lines) }))
        let client = CurlSender()
        do { try await body(client, "http://127.0.0.1:\(server.port)") } catch {
            client.shutdown()
            await server.stop()
            throw error
        }
        client.shutdown()
        await server.stop()
        return lines
    }

    @Test func theAnswerCarriesTheIDUnderWhichTheRequestIsLoggedOnce() async throws {
        let id = Mutex("")
        let seen = Mutex<String?>(nil)
        let handler = ClosureHandler { request in
            seen.withLock { $0 = RequestContext.id }
            return Response(status: 201, fields: ["X-Request-Id": "forged"], body: Array(request.id.utf8))
        }
        let lines = try await with(handler) { client, base in
            let answer = try await client.send(
                OutgoingRequest(.post, base + "/pay?secret=hunter2", fields: ["Authorization": "Bearer t0ken"]))
            #expect(answer.fields.all("X-Request-Id") == [String(decoding: answer.body, as: UTF8.self)])
            id.withLock { $0 = answer.fields["X-Request-Id"] ?? "" }
        }
        let requests = lines.all.filter { $0.message == "request" }
        #expect(requests.count == 1)
        let line = try #require(requests.first)
        #expect(line.level == .info)
        #expect(line.metadata["request"] == "\(id.withLock { $0 })")
        #expect(line.metadata["method"] == "POST")
        #expect(line.metadata["path"] == "/pay")
        #expect(line.metadata["status"]?.description == "201")
        #expect(line.metadata["ms"] != nil)
        #expect(seen.withLock { $0 } == id.withLock { $0 })
        #expect(!lines.text.contains("hunter2"))
        #expect(!lines.text.contains("t0ken"))
    }

    @Test func whatTheServerRefusesItselfHasAnIDToo() async throws {
        let lines = try await with(echo) { client, base in
            let answer = try await client.send(OutgoingRequest(.get, base + "/%00"))
            #expect(answer.status == 400)
            #expect(answer.fields["X-Request-Id"]?.isEmpty == false)
        }
        #expect(lines.all.contains { $0.message == "request" && $0.level == .info && $0.metadata["status"]?.description == "400" })
    }

    @Test func whatOnlyReadsAndSucceedsIsLoggedQuietly() async throws {
        let lines = try await with(echo) { client, base in _ = try await client.send(OutgoingRequest(.get, base + "/a")) }
        #expect(lines.all.filter { $0.message == "request" }.map(\.level) == [.debug])
    }
}
