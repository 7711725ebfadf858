// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
public import TalerWire

extension Words {
    /// `1.234,50`: grouped, exact, at least two digits after the point and as many as the amount has.
    public func digits(_ amount: Amount) -> String {
        let number = Decimal(amount.value) + Decimal(amount.fraction) / Decimal(Amount.fractionBase)
        return number.formatted(Decimal.FormatStyle(locale: locale).precision(.fractionLength(2...8)))
    }

    /// `1.234,50 KUDOS`.
    public func amount(_ amount: Amount) -> String { "\(digits(amount)) \(amount.currency)" }

    /// `12.345`.
    public func number(_ number: Int) -> String { number.formatted(IntegerFormatStyle<Int>(locale: locale)) }

    /// `21. November 2026`, the day in UTC.
    public func date(_ time: Timestamp) -> String {
        guard let seconds = time.seconds else { return self("format.never") }
        var style = Date.FormatStyle(date: .long, time: .omitted, locale: locale)
        style.timeZone = .gmt
        let text = style.format(Date(timeIntervalSince1970: TimeInterval(seconds)))
        // The first of a month is an ordinal in French, which CLDR's patterns leave out.
        return language == .french && text.hasPrefix("1 ") ? "1er" + text.dropFirst() : text
    }

    /// `21. November 2026, 03:50 Uhr UTC`.
    public func dateTime(_ time: Timestamp) -> String {
        guard let seconds = time.seconds else { return self("format.never") }
        var style = Date.FormatStyle(locale: locale).hour(.twoDigits(amPM: .omitted)).minute(.twoDigits)
        style.timeZone = .gmt
        return self("format.dateTime", ["date": date(time), "time": style.format(Date(timeIntervalSince1970: TimeInterval(seconds)))])
    }

    /// `43 kB`: in thousands of bytes, rounded.
    public func size(_ byteCount: Int) -> String {
        ByteCountFormatStyle(style: .file, allowedUnits: .all, spellsOutZero: false, locale: locale).format(Int64(byteCount))
    }
}
