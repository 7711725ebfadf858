// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Foundation
public import MerchantStore
import TalerWire

/// Comma-separated values as RFC 4180 has them: a header, lines that end in CR LF, UTF-8.
///
/// Amounts are decimal numbers with a point, times are ISO 8601 in UTC. A text that a spreadsheet would take for a formula, because it
/// begins with `=`, `+`, `-`, `@`, a tab or a line end, gets an apostrophe before it.
public enum CSVTable {
    /// The line of the columns' names.
    public static func header(_ kind: ExportKind) -> Data { line(kind.columns) }

    public static func line(_ fields: [ExportField]) -> Data { line(fields.map(text)) }

    private static func line(_ values: [String]) -> Data { Data((values.map(quoted).joined(separator: ",") + "\r\n").utf8) }

    private static func text(_ field: ExportField) -> String {
        switch field {
        case .text(let text): harmless(text)
        case .word(let word): word
        case .number(let number): "\(number)"
        case .amount(let amount): amount.digits
        case .time(let time): time.seconds.map { Date(timeIntervalSince1970: TimeInterval($0)).formatted(.iso8601) } ?? "never"
        case .none: ""
        }
    }

    private static func harmless(_ text: String) -> String {
        guard let first = text.utf8.first, "=+-@\t\r\n".utf8.contains(first) else { return text }
        return "'" + text
    }

    private static func quoted(_ value: String) -> String {
        guard value.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return value }
        return "\"" + value.replacing("\"", with: "\"\"") + "\""
    }
}
