// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Synchronization
import TalerWire

/// Counts wrong passwords on the pages, so that nobody can try many.
///
/// Strangers who try an account's name on purpose must not keep its owner out. So a browser that has logged in to the account before is
/// counted by itself, and neither by account nor by address; programs, which send the password with each request, are not counted here.
final class LoginLimiter: Sendable {
    /// In ``window`` seconds.
    static let perAccount = 10
    static let perAddress = 50
    static let window: Int64 = 900
    /// Keeps the memory in bounds.
    static let maximumCounters = 20_000

    private struct Counter {
        var end: Timestamp
        var count: Int
    }

    private let counters = Mutex<[String: Counter]>([:])

    /// What an attempt is counted by.
    struct Attempt: Sendable {
        fileprivate let keys: [(key: String, limit: Int)]

        /// - Parameters:
        ///   - address: nil for one that all clients have in common: it must not be shut for all of them.
        ///   - browser: the name of a browser that has logged in to the account before.
        init(account: String, address: String?, browser: String?) {
            if let browser {
                keys = [("browser \(browser)", LoginLimiter.perAccount)]
            } else {
                keys =
                    [("account \(account)", LoginLimiter.perAccount)]
                    + (address.map { [("address \($0)", LoginLimiter.perAddress)] } ?? [])
            }
        }
    }

    /// Counts an attempt before its password is looked at, so that many at once do not pass.
    /// - Returns: nil, or how many seconds to wait.
    func admit(_ attempt: Attempt, at now: Timestamp) -> Int64? {
        counters.withLock { counters in
            for (key, limit) in attempt.keys {
                guard let counter = counters[key], counter.end > now else { continue }
                if counter.count >= limit { return max(1, Int64(clamping: (counter.end.seconds ?? 0) &- (now.seconds ?? 0))) }
            }
            if counters.count >= Self.maximumCounters { Self.tidy(&counters, now) }
            for (key, _) in attempt.keys {
                if let counter = counters[key], counter.end > now {
                    counters[key]?.count += 1
                } else {
                    counters[key] = Counter(end: now.advanced(bySeconds: Self.window), count: 1)
                }
            }
            return nil
        }
    }

    /// The password was right: the account begins afresh, and the address has one attempt less.
    func succeeded(_ attempt: Attempt) {
        counters.withLock { counters in
            for (key, limit) in attempt.keys {
                if limit == Self.perAccount {
                    counters[key] = nil
                } else if let counter = counters[key] {
                    counters[key]?.count = max(0, counter.count - 1)
                }
            }
        }
    }

    private static func tidy(_ counters: inout [String: Counter], _ now: Timestamp) {
        counters = counters.filter { $0.value.end > now }
        // Those that are far from their limit are the smallest loss.
        if counters.count >= maximumCounters { counters = counters.filter { $0.value.count >= perAccount } }
        if counters.count >= maximumCounters { counters = [:] }
    }
}
