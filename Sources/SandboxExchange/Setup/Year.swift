// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import TalerWire

/// A calendar year in UTC: the period of wire fees and global fees.
struct Year: Equatable {
    let start: Timestamp
    let end: Timestamp

    /// The years from the one of `time` to the one `seconds` later.
    static func spanning(_ time: Timestamp, seconds: Int64) -> [Year] {
        let first = number(of: time)
        return (first...max(first, number(of: time.advanced(bySeconds: seconds)))).compactMap { year in
            guard let start = beginning(of: year), let end = beginning(of: year + 1) else { return nil }
            return Year(start: start, end: end)
        }
    }

    private static var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }

    private static func number(of time: Timestamp) -> Int {
        calendar.component(.year, from: Date(timeIntervalSince1970: Double(time.seconds ?? 0)))
    }

    private static func beginning(of year: Int) -> Timestamp? {
        guard let date = calendar.date(from: DateComponents(year: year, month: 1, day: 1)) else { return nil }
        return try? Timestamp(seconds: UInt64(max(0, date.timeIntervalSince1970)))
    }
}
