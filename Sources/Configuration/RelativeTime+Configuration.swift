// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

extension RelativeTime {
    /// `2 weeks 3 h`, `30s`, `forever`: numbers with units, added up. Nil for anything else and for what 64 bits of microseconds cannot
    /// hold.
    init?(configurationText text: String) {
        if text.lowercased() == "forever" {
            self = .forever
            return
        }
        var total: UInt64 = 0
        var rest = text.trimming(\.isWhitespace)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[digits.endIndex...].trimming(\.isWhitespace)
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest[unit.endIndex...].trimming(\.isWhitespace)
            guard let number = UInt64(digits), let microseconds = Self.units[unit.lowercased()] else { return nil }
            let part = number.multipliedReportingOverflow(by: microseconds)
            let sum = total.addingReportingOverflow(part.partialValue)
            guard !part.overflow, !sum.overflow, sum.partialValue < .max else { return nil }
            total = sum.partialValue
        }
        self.init(microseconds: total)
    }

    private static let units: [String: UInt64] = {
        let second: UInt64 = 1_000_000
        let table: [([String], UInt64)] = [
            (["us"], 1), (["ms"], 1000), (["s", "sec", "second", "seconds"], second), (["min", "minute", "minutes"], 60 * second),
            (["h", "hour", "hours"], 3600 * second), (["d", "day", "days"], 86400 * second), (["week", "weeks"], 604_800 * second),
            (["month", "months"], 2_592_000 * second), (["a", "year", "years"], 31_536_000 * second),
        ]
        return table.reduce(into: [:]) { units, row in for name in row.0 { units[name] = row.1 } }
    }()
}
