// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
import TalerWire

/// Lets each of many clients do something so many times at once, and so many times in the long run.
final class TokenBuckets: Sendable {
    /// Keeps the memory in bounds: above it those buckets are forgotten that are nearest to full.
    static let maximumBuckets = 20_000

    /// How often something may happen.
    struct Rate: Sendable, Equatable {
        /// At once, after a rest.
        let burst: Int64
        let perHour: Int64
    }

    /// One of the things that a request is counted by.
    struct Charge: Sendable {
        let key: String
        let rate: Rate
    }

    private struct Bucket {
        /// In 1/3600 of a token, so that each second adds a whole number of them.
        var level: Int64
        var time: Int64
        let full: Int64
        let perSecond: Int64

        init(_ rate: Rate, _ now: Int64) {
            full = rate.burst * TokenBuckets.token
            perSecond = rate.perHour
            level = full
            time = now
        }

        func level(at now: Int64) -> Int64 { min(full, level + min(max(0, now - time), full / max(1, perSecond) + 1) * perSecond) }
    }

    private static let token: Int64 = 3600
    private let buckets = Mutex<[String: Bucket]>([:])

    /// Takes a token of each bucket, or none at all.
    /// - Returns: nil when all had one, else after how many seconds all will.
    func take(_ charges: [Charge], at now: Timestamp) -> Int64? {
        let now = Int64(clamping: now.seconds ?? 0)
        return buckets.withLock { buckets in
            var wait: Int64 = 0
            for charge in charges {
                let bucket = buckets[charge.key] ?? Bucket(charge.rate, now)
                let missing = Self.token - bucket.level(at: now)
                if missing > 0 { wait = max(wait, (missing + bucket.perSecond - 1) / max(1, bucket.perSecond)) }
            }
            guard wait == 0 else { return max(1, wait) }
            for charge in charges {
                var bucket = buckets[charge.key] ?? Bucket(charge.rate, now)
                bucket.level = bucket.level(at: now) - Self.token
                bucket.time = now
                if buckets[charge.key] == nil, buckets.count >= Self.maximumBuckets { Self.tidy(&buckets, now) }
                buckets[charge.key] = bucket
            }
            return nil
        }
    }

    /// How many clients are remembered.
    var count: Int { buckets.withLock(\.count) }

    /// Forgets what is full again, and of the rest so much that it is not called again soon: those who have asked for least.
    private static func tidy(_ buckets: inout [String: Bucket], _ now: Int64) {
        buckets = buckets.filter { $0.value.level(at: now) < $0.value.full }
        guard buckets.count > maximumBuckets / 2 else { return }
        let used = buckets.map { (key: $0.key, share: ($0.value.full - $0.value.level(at: now)) * 1000 / max(1, $0.value.full)) }
        for (key, _) in used.sorted(by: { $0.share < $1.share }).prefix(buckets.count - maximumBuckets / 2) { buckets[key] = nil }
    }
}
