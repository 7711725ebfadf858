// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import TalerWire

/// Periods of validity that follow each other: which are missing, and when the next one must be made.
struct Coverage {
    /// Of each period that there is, in any order.
    let periods: [Range<Timestamp>]
    /// Of a new period, in seconds.
    let length: Int64
    /// By how much a new period begins before the ones before it end, in seconds.
    let overlap: Int64

    /// Until when there is a valid one at any moment, from `now` on; `now` itself when none is valid.
    func end(from now: Timestamp) -> Timestamp {
        var covered = now
        for period in periods.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard period.lowerBound <= covered else { break }
            covered = max(covered, period.upperBound)
        }
        return covered
    }

    /// When the periods begin that are missing between `now` and `horizon`.
    func missing(from now: Timestamp, to horizon: Timestamp) -> [Timestamp] {
        var coverage = self
        var starts: [Timestamp] = []
        while true {
            let covered = coverage.end(from: now)
            guard covered < horizon else { return starts }
            let start = max(now, covered.advanced(bySeconds: -overlap))
            let end = start.advanced(bySeconds: length)
            guard end > covered else { return starts }
            starts.append(start)
            coverage = Coverage(periods: coverage.periods + [start..<end], length: length, overlap: overlap)
        }
    }
}

extension SigningKeyRecord {
    /// While it signs; nil once it is revoked.
    var signingPeriod: Range<Timestamp>? { revoked == nil ? start..<expire : nil }
}

extension DenominationRecord {
    /// While coins of it can be withdrawn; nil once it is revoked.
    var withdrawPeriod: Range<Timestamp>? { revoked == nil ? start..<expireWithdraw : nil }
}
