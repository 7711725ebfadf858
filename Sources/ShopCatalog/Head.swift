// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Lines `key: value`; a line that begins with a space goes on with the value above.
struct Head {
    struct Entry {
        let key: String
        /// Trimmed; the lines of a long value are joined by line ends.
        var value: String
        let line: Int
    }

    let file: String
    /// Where the head begins, for complaints about what is not there.
    let line: Int
    private(set) var entries: [Entry] = []
    private(set) var complaints: [CatalogError] = []

    /// - Parameters:
    ///   - lines: what stands between the lines `---`.
    ///   - firstLine: the number of the first of them.
    init(file: String, line: Int, lines: ArraySlice<Substring>, firstLine: Int) {
        self.file = file
        self.line = line
        var indent = 0
        var blanks = 0
        for (offset, text) in lines.enumerated() {
            let content = text.trimmed
            let space = text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
            if content.isEmpty {
                blanks += 1
                continue
            }
            if space > 0, var last = entries.popLast() {
                if !last.value.contains("\n") { indent = space }
                let breaks = String(repeating: "\n", count: blanks + 1)
                last.value += breaks + (Substring(text.utf8.dropFirst(min(space, indent))))
                entries.append(last)
            } else {
                add(content, line: firstLine + offset)
            }
            blanks = 0
        }
        finish()
    }

    private mutating func add(_ content: String, line: Int) {
        guard let colon = content.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            complaints.append(CatalogError(file: file, line: line, reason: "“key: value” is needed"))
            return
        }
        entries.append(
            Entry(key: content[..<colon].trimmed, value: content[content.index(after: colon)...].trimmed, line: line))
    }

    private mutating func finish() {
        var seen: Set<String> = []
        for index in entries.indices {
            entries[index].value = entries[index].value.trimmed
            let entry = entries[index]
            if entry.key.isEmpty || entry.value.isEmpty {
                complaints.append(CatalogError(file: file, line: entry.line, reason: "“key: value” is needed"))
            } else if entry.key != "tax", !seen.insert(entry.key).inserted {
                complaints.append(CatalogError(file: file, line: entry.line, reason: "\(entry.key) is there twice"))
            }
        }
    }

    subscript(_ key: String) -> Entry? { entries.first { $0.key == key } }
}

extension StringProtocol {
    /// Without spaces, tabs and line ends before and after.
    var trimmed: String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        var rest = Substring(self).utf8
        while let first = rest.first, isSpace(first) { rest = rest.dropFirst() }
        while let last = rest.last, isSpace(last) { rest = rest.dropLast() }
        return String(Substring(rest))
    }
}
