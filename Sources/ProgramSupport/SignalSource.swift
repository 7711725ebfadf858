// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Dispatch
import Foundation
import Synchronization

/// Hears SIGTERM and SIGINT. A signal that comes while it is being made ends the process, as it would without it.
final class SignalSource {
    private let heard: AsyncStream<String>
    private let sources: [any DispatchSourceSignal]

    /// Returns when signals are heard.
    init() async {
        signal(SIGPIPE, SIG_IGN)
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        heard = stream
        // A queue of its own: it has a thread even when handlers keep all others busy.
        let queue = DispatchQueue(label: "signals")
        let count = Counter()
        var sources: [any DispatchSourceSignal] = []
        for (number, name) in [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT")] {
            // The dispatch library takes over the signal's action when it registers the source. To ignore the signal besides, as is
            // done elsewhere, would lose those that come before, and all of them when a source of that number was there already.
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                guard count.next() == 1 else { exit(EXIT_FAILURE) }
                continuation.yield(name)
            }
            sources.append(source)
            await withCheckedContinuation { registered in
                source.setRegistrationHandler { registered.resume() }
                source.activate()
            }
        }
        self.sources = sources
    }

    deinit { for source in sources { source.cancel() } }

    /// The first signal's name.
    func first() async -> String {
        for await name in heard { return name }
        return "cancelled"
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)
        func next() -> Int {
            value.withLock {
                $0 += 1
                return $0
            }
        }
    }
}
