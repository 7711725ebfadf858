// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Dispatch
import Foundation
import Synchronization

/// Hears SIGTERM and SIGINT from its making on.
final class SignalSource {
    private let heard: AsyncStream<String>
    private let sources: [any DispatchSourceSignal]

    init() {
        signal(SIGPIPE, SIG_IGN)
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        heard = stream
        // A queue of its own: it has a thread even when handlers keep all others busy.
        let queue = DispatchQueue(label: "signals")
        let count = Counter()
        sources = [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT")].map { number, name in
            // The default action would end the process before the source hears anything.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                guard count.next() == 1 else { exit(EXIT_FAILURE) }
                continuation.yield(name)
            }
            source.activate()
            return source
        }
    }

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
