// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The texts of one language as a file has them: `key = text`, one a line; lines that begin with `#`, and empty ones, are for people.
struct TextFile {
    let file: String
    private(set) var entries: [String: Entry] = [:]

    struct Entry {
        let text: Text
        let line: Int
    }

    /// - Throws: ``TextError`` with the line.
    init(file: String, text: String, language: Language) throws(TextError) {
        self.file = file
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            number += 1
            let line = Self.trimmed(line)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            try add(line, number, language)
        }
    }

    private mutating func add(_ line: Substring, _ number: Int, _ language: Language) throws(TextError) {
        func complain(_ reason: String) -> TextError { TextError(file: file, line: number, reason: reason) }
        guard let equals = line.firstIndex(of: "=") else { throw complain("a line like “key = text” is needed") }
        let key = String(Self.trimmed(line[..<equals]))
        guard !key.isEmpty, key.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ Self.isName(String($0)) }) else {
            throw complain("“\(key)” is no key: letters, digits and points are needed")
        }
        if let first = entries[key] { throw complain("“\(key)” stands in line \(first.line) already") }
        let words = Self.trimmed(line[line.index(after: equals)...])
        guard !words.isEmpty else { throw complain("“\(key)” has no text") }
        do { entries[key] = Entry(text: try Text(Typography.bound(String(words), language)), line: number) } catch {
            throw complain(error.reason)
        }
    }

    /// Letters and digits of ASCII, a letter first.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }

    /// Spaces and tabs at both ends taken off, and the carriage return of files that come from elsewhere.
    private static func trimmed(_ text: Substring) -> Substring {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\u{FEFF}" }
        var text = text.drop(while: blank)
        while let last = text.last, blank(last) { text.removeLast() }
        return text
    }
}
