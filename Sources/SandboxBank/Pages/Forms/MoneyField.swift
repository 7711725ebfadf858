// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// An amount as people write it: `12.50`, `12,5`, `KUDOS:12.5`, `12.50 KUDOS`. Read digit by digit, never as a floating-point number.
enum MoneyField {
    /// - Throws: 400 with a sentence for the page.
    static func amount(_ text: String, currency: Currency) throws(APIError) -> Amount {
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard !words.isEmpty else { throw APIError(.bankBadFormatAmount, hint: "Please enter an amount.") }
        if words.count == 1, let colon = words[0].firstIndex(of: ":") {
            words = [String(words[0][words[0].index(after: colon)...]), String(words[0][..<colon])]
        }
        guard words.count <= 2 else { throw malformed }
        if words.count == 2 {
            guard words[1].utf8.allSatisfy({ (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }), !words[1].isEmpty else {
                throw malformed
            }
            guard words[1].uppercased() == currency.text else { throw .otherCurrency(currency) }
        }
        return try number(Array(words[0].utf8), currency)
    }

    private static let malformed = APIError(.bankBadFormatAmount, hint: "Please write the amount in digits, for example 12.50.")

    private static func number(_ digits: [UInt8], _ currency: Currency) throws(APIError) -> Amount {
        let parts = digits.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        guard parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } }), let whole = parts.first, !whole.isEmpty else {
            throw malformed
        }
        if parts.count == 2 {
            guard !parts[1].isEmpty else { throw malformed }
            // 1,000 is a thousand to some people and one to others.
            guard !(digits.contains(UInt8(ascii: ",")) && parts[1].count == 3) else {
                throw APIError(
                    .bankBadFormatAmount,
                    hint: "Please write the amount without a mark between thousands, and with a point before hundredths: 1000 or 1.00.")
            }
            guard parts[1].count <= 8 else {
                throw APIError(.bankBadFormatAmount, hint: "An amount has at most eight digits after the point.")
            }
        }
        let fraction = parts.count == 2 ? "." + String(decoding: parts[1], as: UTF8.self) : ""
        do { return try Amount("\(currency):\(String(decoding: whole, as: UTF8.self))\(fraction)") } catch { throw .tooLarge }
    }
}
