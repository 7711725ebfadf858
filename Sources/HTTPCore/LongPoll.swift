// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Repeats a query until it brings what is waited for, the time is over, or the bell is closed.
public struct LongPoll<Key: Hashable & Sendable>: Sendable {
    private let bell: ChangeBell<Key>
    private let timer: any Clock<Duration>
    private let maximum: Duration

    /// - Parameters:
    ///   - maximum: the longest wait that a request may ask for; a longer one is cut.
    ///   - timer: what is waited by.
    public init(bell: ChangeBell<Key>, maximum: Duration, timer: any Clock<Duration> = ContinuousClock()) {
        self.bell = bell
        self.maximum = maximum
        self.timer = timer
    }

    /// What `query` brought last. It is asked once at least, and again after each ring for `key`, until `isEnough`.
    /// - Parameter wait: zero asks once.
    public func value<Value>(
        of key: Key, wait: Duration, until isEnough: (Value) -> Bool, _ query: () async throws -> Value
    ) async throws -> Value {
        try await value(ofAny: [key], wait: wait, until: isEnough, query)
    }

    /// The same for what several keys change.
    public func value<Value>(
        ofAny keys: [Key], wait: Duration, until isEnough: (Value) -> Bool, _ query: () async throws -> Value
    ) async throws -> Value {
        guard wait > .zero else { return try await query() }
        // Listens before the first query, so that no change falls between the two.
        let listener = bell.listen(to: keys)
        let alarm = Task { [timer, maximum] in
            try? await timer.sleep(for: min(wait, maximum))
            listener.end()
        }
        defer {
            alarm.cancel()
            listener.end()
        }
        var rings = listener.stream.makeAsyncIterator()
        while true {
            let value = try await query()
            if isEnough(value) { return value }
            // Nil when the time is over, and when the request's task is cancelled.
            guard await rings.next() != nil else { return value }
        }
    }
}
