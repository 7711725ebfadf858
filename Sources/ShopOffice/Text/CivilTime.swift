// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// A moment in UTC as calendars and clocks show it (Gregorian calendar).
struct CivilTime: Equatable {
    let year: Int
    /// 1 to 12.
    let month: Int
    /// 1 to 31.
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int

    static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Nil for "never", and for what a year of four digits cannot write.
    init?(_ time: Timestamp) {
        guard let seconds = time.seconds, let seconds = Int(exactly: seconds), seconds <= 253_402_300_799 else { return nil }
        (hour, minute, second) = (seconds % 86_400 / 3600, seconds % 3600 / 60, seconds % 60)
        // Days since 0000-03-01, in cycles of 400 years that begin in March: the leap day is the last of its year.
        let days = seconds / 86_400 + 719_468
        let dayOfCycle = days % 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = days / 146_097 * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
    }

    /// The day's first moment.
    /// - Parameter text: `2026-11-21`, as date fields send it.
    /// - Returns: nil for every other form, for days that there are not, before 1970 and after 9998: the day after it has four digits, too.
    static func day(_ text: String) -> Timestamp? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3,
            zip(parts, [4, 2, 2]).allSatisfy({ $0.utf8.count == $1 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1970...9998).contains(year),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        guard let seconds = UInt64(exactly: days * 86_400), let time = try? Timestamp(seconds: seconds), let civil = CivilTime(time),
            civil.day == day, civil.month == month
        else { return nil }
        return time
    }

    /// `2026-11-21`.
    var dayText: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))" }
    /// `03:50`.
    var clockText: String { "\(Self.padded(hour, 2)):\(Self.padded(minute, 2))" }
    /// `21 Nov 2026`.
    var dateText: String { "\(day) \(Self.monthNames[(month + 11) % 12]) \(year)" }
    /// `2026-11-21T03:50:07Z`.
    var machineText: String { "\(dayText)T\(clockText):\(Self.padded(second, 2))Z" }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
