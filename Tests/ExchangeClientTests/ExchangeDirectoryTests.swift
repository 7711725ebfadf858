// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import Logging
import TalerWire
import Testing
import TestSupport

struct ExchangeDirectoryTests {
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
        let directory = ExchangeDirectory(
            ["http://a.test/", "http://b.test/"].map { .init(baseURL: $0, masterPub: .zero) },
            fetcher: KeysFetcher(sender: sender, clock: FixedClock(.zero), currency: try Currency("KUDOS")),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let running = Task { await directory.run() }
        defer { running.cancel() }
        var asked: Set<String> = []
        for await url in sender.asked {
            asked.insert(url)
            if asked.count == 2 { break }
        }
        #expect(asked == ["http://a.test/keys", "http://b.test/keys"])
    }
}
