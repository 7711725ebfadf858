// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Lengths of time as people write them: `90`, `90s`, `5m`, `2h`, `-3d`, `1y`, in seconds.
enum SituationLength {
    private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "y": 365 * 86_400]

    /// - Returns: nil for what is no length, or one of more than 100 years.
    static func seconds(_ text: String) -> Int64? {
        var digits = Substring(text.filter { $0 != " " })
        var factor: Int64 = 1
        if let last = digits.last, let unit = units[last] {
            factor = unit
            digits.removeLast()
        }
        guard digits.utf8.count <= 12, let number = Int64(digits) else { return nil }
        let (seconds, isTooLong) = number.multipliedReportingOverflow(by: factor)
        guard !isTooLong, seconds.magnitude <= 100 * 365 * 86_400 else { return nil }
        return seconds
    }

    /// In the largest unit that gives a whole number.
    static func text(_ seconds: Int64) -> String {
        let unit = units.filter { seconds != 0 && seconds.isMultiple(of: $0.value) }.max { $0.value < $1.value }
        guard let unit else { return "\(seconds)s" }
        return "\(seconds / unit.value)\(unit.key)"
    }
}
