// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import TalerWire

extension String {
    /// Text from outside, fit for a terminal: one line, no control characters, not long.
    var printable: String {
        let limit = 300
        let clean = unicodeScalars.prefix(limit).map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: " "
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(clean)) + (unicodeScalars.count > limit ? " …" : "")
    }
}

extension Int {
    /// `1 coin`, `2 coins`.
    public var coinWords: String { self == 1 ? "1 coin" : "\(self) coins" }
}

extension Timestamp {
    /// `2026-01-31 12:00:00 UTC`.
    var words: String {
        guard let seconds else { return "never" }
        let format = Date.ISO8601FormatStyle(dateSeparator: .dash, dateTimeSeparator: .space, timeSeparator: .colon)
            .year().month().day().time(includingFractionalSeconds: false)
        guard seconds < 253_402_300_800 else { return "\(seconds) s" }
        return Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(format) + " UTC"
    }
}
