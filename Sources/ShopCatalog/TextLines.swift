// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A text cut into its lines, whatever ends them.
enum TextLines {
    /// A mark of the byte order, which some editors write at the beginning, is no part of the first line.
    static func of(_ text: String) -> [Substring] {
        text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().map { index, line in
            var line = line
            if index == 0, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
            return Substring(line.last == 0x0D ? line.dropLast() : line)
        }
    }
}

/// What stands above and below a line `===`.
struct TwoTexts {
    let teaser: String
    let body: String

    init(_ lines: some Collection<Substring>) {
        let cut = lines.firstIndex { $0 == "===" }
        teaser = lines[..<(cut ?? lines.endIndex)].joined(separator: "\n").trimmed
        body = cut.map { lines[lines.index(after: $0)...].joined(separator: "\n").trimmed } ?? ""
    }
}
