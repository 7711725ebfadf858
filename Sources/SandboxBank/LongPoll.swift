// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Repeats a query until it brings something, the time is over, or the bank stops.
struct LongPoll: Sendable {
    let bell: TransferBell
    let timer: any Clock<Duration>

    /// Longest wait that a request may ask for; a longer one is cut.
    static let maximum = Duration.seconds(300)

    /// The rows of `query`, which is asked once at least. Waits only while it brings none.
    func rows<Row>(
        of account: Int64, wait: Duration, _ query: () async throws -> [Row]
    ) async throws -> [Row] {
        guard wait > .zero else { return try await query() }
        // Listens before the first query, so that no transfer falls between the two.
        let listener = bell.listen(to: account)
        let alarm = Task { [timer] in
            try? await timer.sleep(for: min(wait, Self.maximum))
            listener.end()
        }
        defer {
            alarm.cancel()
            listener.end()
        }
        var rings = listener.stream.makeAsyncIterator()
        repeat {
            let rows = try await query()
            if !rows.isEmpty { return rows }
        } while await rings.next() != nil
        return []
    }
}
