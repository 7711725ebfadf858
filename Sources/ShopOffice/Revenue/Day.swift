// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// A day of the calendar, in UTC, from 1970 to 9998.
struct Day: Hashable, Comparable, Sendable {
    /// Since the first of January 1970.
    let number: Int

    /// The last of December 9998.
    static let last = Day(clamping: 2_932_531)

    init(clamping number: Int) { self.number = min(max(0, number), 2_932_531) }

    init(_ time: Timestamp) { self.init(clamping: Int(clamping: (time.seconds ?? .max) / 86_400)) }

    /// `2026-11-21`.
    /// - Returns: nil for another form, and for a day that there is not.
    init?(_ text: String) {
        guard let time = CivilTime.day(text) else { return nil }
        self.init(time)
    }

    private var parts: (year: Int, month: Int, day: Int) {
        // The numbers that a day can have are all within what the calendar knows.
        guard let time = try? Timestamp(seconds: UInt64(number) * 86_400), let civil = CivilTime(time) else { return (1970, 1, 1) }
        return (civil.year, civil.month, civil.day)
    }

    var year: Int { parts.year }
    /// 1 for January.
    var month: Int { parts.month }
    /// Of the month.
    var day: Int { parts.day }
    /// 0 for Monday.
    var weekday: Int { (number + 3) % 7 }

    func advanced(by days: Int) -> Day { Day(clamping: number.addingReportingOverflow(days).overflow ? number : number + days) }

    /// Its Monday.
    var firstOfWeek: Day { advanced(by: -weekday) }
    var firstOfMonth: Day { advanced(by: 1 - day) }
    var firstOfNextMonth: Day { firstOfMonth.advanced(by: 31).firstOfMonth }

    /// The first of the month so many months before.
    func firstOfMonth(before months: Int) -> Day {
        (0..<max(0, months)).reduce(firstOfMonth) { first, _ in first.advanced(by: -1).firstOfMonth }
    }

    static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}

extension Day: CustomStringConvertible {
    /// `2026-11-21`.
    var description: String {
        let (year, month, day) = parts
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    var monthName: String { Self.months[month - 1] }
    /// `Nov`.
    var shortMonth: String { String(monthName.prefix(3)) }
    /// `Sat`.
    var shortWeekday: String { String(Self.weekdays[weekday].prefix(3)) }
    /// `21 Nov`.
    var short: String { "\(day) \(shortMonth)" }
    /// `21 November 2026`.
    var long: String { "\(day) \(monthName) \(year)" }
    /// `Saturday, 21 November 2026`.
    var full: String { "\(Self.weekdays[weekday]), \(long)" }
}
