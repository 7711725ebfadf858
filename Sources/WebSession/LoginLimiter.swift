// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
public import TalerWire

/// Counts wrong passwords on login pages, so that nobody can try many.
///
/// Strangers who try an account's name on purpose must not keep its owner out. So a browser that has logged in to the account before is
/// counted by itself, and neither by account nor by address; programs, which send the password with each request, are not counted here.
public final class LoginLimiter: Sendable {
    /// In ``window`` seconds.
    public static let perAccount = 10
    public static let perAddress = 50
    public static let window: Int64 = 900
    /// Keeps the memory in bounds.
    public static let maximumCounters = 20_000

    private struct Counter {
        var end: Timestamp
        var count: Int
    }

    private let counters = Mutex<[String: Counter]>([:])

    public init() {}

    /// What an attempt is counted by.
    public struct Attempt: Sendable {
        fileprivate let keys: [Key]

        /// To an account of many.
        /// - Parameters:
        ///   - address: nil for one that all clients have in common: it must not be shut for all of them.
        ///   - browser: the name of a browser that has logged in to the account before.
        public init(account: String, address: String?, browser: String?) {
            if let browser {
                keys = [Key("browser \(browser)", LoginLimiter.perAccount, isOwn: true)]
            } else {
                keys =
                    [Key("account \(account)", LoginLimiter.perAccount, isOwn: true)]
                    + (address.map { [Key("address \($0)", LoginLimiter.perAddress, isOwn: false)] } ?? [])
            }
        }

        /// Where there is one account only, whose secret is too long to be guessed: it is never shut for all addresses.
        /// - Parameters:
        ///   - address: nil for one that all clients have in common, who then share the larger number.
        ///   - browser: the name of a browser that has logged in before.
        public init(address: String?, browser: String?) {
            if let browser {
                keys = [Key("browser \(browser)", LoginLimiter.perAccount, isOwn: true)]
            } else if let address {
                keys = [Key("address \(address)", LoginLimiter.perAccount, isOwn: true)]
            } else {
                keys = [Key("everybody", LoginLimiter.perAddress, isOwn: false)]
            }
        }
    }

    fileprivate struct Key: Sendable {
        let name: String
        let limit: Int
        /// Begins afresh when the password was right.
        let isOwn: Bool

        init(_ name: String, _ limit: Int, isOwn: Bool) {
            self.name = name
            self.limit = limit
            self.isOwn = isOwn
        }
    }

    /// Counts an attempt before its password is looked at, so that many at once do not pass.
    /// - Returns: nil, or how many seconds to wait.
    public func admit(_ attempt: Attempt, at now: Timestamp) -> Int64? {
        counters.withLock { counters in
            for key in attempt.keys {
                guard let counter = counters[key.name], counter.end > now else { continue }
                if counter.count >= key.limit { return max(1, Int64(clamping: (counter.end.seconds ?? 0) &- (now.seconds ?? 0))) }
            }
            if counters.count >= Self.maximumCounters { Self.tidy(&counters, now) }
            for key in attempt.keys {
                if let counter = counters[key.name], counter.end > now {
                    counters[key.name]?.count += 1
                } else {
                    counters[key.name] = Counter(end: now.advanced(bySeconds: Self.window), count: 1)
                }
            }
            return nil
        }
    }

    /// The password was right: the account begins afresh, and the address has one attempt less.
    public func succeeded(_ attempt: Attempt) {
        counters.withLock { counters in
            for key in attempt.keys {
                if key.isOwn {
                    counters[key.name] = nil
                } else if let counter = counters[key.name] {
                    counters[key.name]?.count = max(0, counter.count - 1)
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
