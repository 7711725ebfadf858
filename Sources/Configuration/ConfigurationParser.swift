// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// Reads the lines of configuration files into sections.
struct ConfigurationParser {
    private(set) var sections: [Configuration.SectionContents] = []

    static let maximumDepth = 8
    static let maximumBytes = 1 << 20

    mutating func read(_ path: String, depth: Int = 0, includedFrom place: (file: String, line: Int)? = nil) throws(ConfigurationError) {
        func failure(_ reason: String) -> ConfigurationError {
            guard let place else { return ConfigurationError(file: path, reason: reason) }
            return ConfigurationError(file: place.file, line: place.line, reason: "\(path): \(reason)")
        }
        guard let data = FileManager.default.contents(atPath: path) else { throw failure("the file cannot be read") }
        guard data.count <= Self.maximumBytes else { throw failure("the file is larger than 1 MiB") }
        guard let text = String(validating: data, as: UTF8.self) else { throw failure("the file is not UTF-8") }
        try parse(text, file: path, depth: depth)
    }

    mutating func parse(_ text: String, file: String, depth: Int) throws(ConfigurationError) {
        guard depth < Self.maximumDepth else {
            throw ConfigurationError(file: file, reason: "files include each other more than \(Self.maximumDepth) levels deep")
        }
        var current: Int?
        var number = 0
        for rawLine in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let line = rawLine.trimming(\.isWhitespace)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("%") { continue }
            if line.hasPrefix("[") {
                current = try open(line, file: file, line: number)
            } else if line.hasPrefix("@") {
                try include(line, file: file, line: number, depth: depth)
            } else {
                guard let current else {
                    throw ConfigurationError(file: file, line: number, reason: "a [section] must come first")
                }
                try set(line, in: current, file: file, line: number)
            }
        }
    }

    private mutating func open(_ line: Substring, file: String, line number: Int) throws(ConfigurationError) -> Int {
        let name = line.dropFirst().dropLast().trimming(\.isWhitespace)
        guard line.hasSuffix("]"), !name.isEmpty, !name.contains("["), !name.contains("]") else {
            throw ConfigurationError(file: file, line: number, reason: "a section is written [name]")
        }
        if let index = sections.firstIndex(where: { $0.name.lowercased() == name.lowercased() }) { return index }
        sections.append(Configuration.SectionContents(name: String(name)))
        return sections.count - 1
    }

    private mutating func include(_ line: Substring, file: String, line number: Int, depth: Int) throws(ConfigurationError) {
        let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        guard parts.count == 2, parts[0].lowercased() == "@inline@" else {
            throw ConfigurationError(file: file, line: number, reason: "an included file is written @INLINE@ file")
        }
        let path = ConfigurationPath.resolve(String(parts[1].trimming(\.isWhitespace)), besideFile: file)
        try read(path, depth: depth + 1, includedFrom: (file, number))
    }

    private mutating func set(_ line: Substring, in section: Int, file: String, line number: Int) throws(ConfigurationError) {
        let name = sections[section].name
        guard let equals = line.firstIndex(of: "=") else {
            throw ConfigurationError(file: file, line: number, section: name, reason: "an option is written KEY = value")
        }
        let key = line[..<equals].trimming(\.isWhitespace).uppercased()
        guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ConfigurationError(file: file, line: number, section: name, reason: "a key is one word of ASCII characters")
        }
        var value = line[line.index(after: equals)...].trimming(\.isWhitespace)
        if value.hasPrefix("\"") {
            guard value.count >= 2, value.hasSuffix("\"") else {
                throw ConfigurationError(file: file, line: number, section: name, key: key, reason: "the closing quote is missing")
            }
            value = value.dropFirst().dropLast()
        }
        if let earlier = sections[section].entries[key], earlier.file == file {
            throw ConfigurationError(
                file: file, line: number, section: name, key: key, reason: "it is set a second time, first in line \(earlier.line)")
        }
        if sections[section].entries[key] == nil { sections[section].order.append(key) }
        sections[section].entries[key] = ConfigurationEntry(key: key, value: String(value), file: file, line: number)
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Without the leading and trailing characters that `isTrimmed` names.
    func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self.drop(while: isTrimmed)
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
