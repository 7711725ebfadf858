// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

extension Words {
    /// An amount as somebody types it: `1.50`, `1,50`, `1 234,50`, `1.234,50`. Of two different marks the last one is the decimal mark; a mark
    /// that stands alone is one.
    /// - Returns: nil for what is no amount, or leaves doubts.
    public static func amount(typed text: String, _ currency: Currency) -> Amount? {
        let blanks: Set<Unicode.Scalar> = [" ", "\t", "\u{A0}", "\u{202F}", "\u{2009}", "'", "’"]
        let scalars = text.unicodeScalars.filter { !blanks.contains($0) }
        let marks = scalars.filter { $0 == "." || $0 == "," }
        guard let decimal = marks.last else { return amount(String(String.UnicodeScalarView(scalars)), currency) }
        let group: Unicode.Scalar = decimal == "." ? "," : "."
        guard marks.filter({ $0 == decimal }).count == 1, let point = scalars.lastIndex(of: decimal) else { return nil }
        let whole = scalars[..<point].split(separator: group, omittingEmptySubsequences: false)
        guard whole.count == 1 || whole.dropFirst().allSatisfy({ $0.count == 3 }) && (1...3).contains(whole[0].count) else { return nil }
        let digits = whole.map { String(String.UnicodeScalarView($0)) }.joined()
        let fraction = String(String.UnicodeScalarView(scalars[scalars.index(after: point)...]))
        return amount("\(digits.isEmpty ? "0" : digits).\(fraction)", currency)
    }

    private static func amount(_ digits: String, _ currency: Currency) -> Amount? {
        guard digits.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false else { return nil }
        return try? Amount("\(currency):\(digits)")
    }
}
