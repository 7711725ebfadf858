// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Synchronization

/// A configuration in the INI style of GNU Taler.
///
/// `[section]`, `KEY = value`, whole-line comments with `#` or `%`, values in optional double quotes, and `@INLINE@ file` (relative to
/// the folder of the file that says so). Names of sections and keys are compared without case. A key that one file sets twice is an
/// error; what an included file set may be set again after it.
public struct Configuration: Sendable {
    /// The file as it was named; empty for text without a file.
    public let file: String
    let contents: [SectionContents]
    let environment: [String: String]
    let usage = Usage()

    struct SectionContents: Sendable {
        /// As first written.
        let name: String
        var entries: [String: ConfigurationEntry] = [:]
        var order: [String] = []
    }

    /// Which sections were asked for, and which of their keys. Section names in lower case.
    final class Usage: Sendable {
        private let keys = Mutex<[String: Set<String>]>([:])

        var all: [String: Set<String>] { keys.withLock { $0 } }

        func record(section: String, key: String? = nil) {
            keys.withLock { $0[section.lowercased(), default: []].formUnion(key.map { [$0] } ?? []) }
        }
    }

    /// Reads a file, and the files that it includes.
    /// - Parameter environment: the program's own by default.
    /// - Throws: ``ConfigurationError`` with the file and line of what cannot be read or understood.
    public static func load(
        _ path: String, environment: [String: String]? = nil
    ) throws(ConfigurationError) -> Configuration {
        var parser = ConfigurationParser()
        try parser.read(path)
        return Configuration(file: path, contents: parser.sections, environment: environment ?? ProcessInfo.processInfo.environment)
    }

    /// Understands `text` as if it stood in `file`, whose folder is where relative paths and includes begin.
    public static func parse(
        _ text: String, file: String = "", environment: [String: String]? = nil
    ) throws(ConfigurationError) -> Configuration {
        var parser = ConfigurationParser()
        try parser.parse(text, file: file, depth: 0)
        return Configuration(file: file, contents: parser.sections, environment: environment ?? ProcessInfo.processInfo.environment)
    }

    private init(file: String, contents: [SectionContents], environment: [String: String]) {
        self.file = file
        self.contents = contents
        self.environment = environment
    }

    /// The section of that name; an empty one when the file has none, so that what it must hold is what is complained of.
    public func section(_ name: String) -> ConfigurationSection {
        usage.record(section: name)
        let found = contents.first { $0.name.lowercased() == name.lowercased() }
        return ConfigurationSection(name: found?.name ?? name, contents: found, configuration: self)
    }

    /// True when the file has a section of that name, even an empty one.
    public func hasSection(_ name: String) -> Bool { contents.contains { $0.name.lowercased() == name.lowercased() } }

    /// What follows `prefix` in the names of the sections that begin with it, in the order of the file and as written there:
    /// `sections(prefix: "merchant-exchange-")` gives the exchanges' names.
    public func sections(prefix: String) -> [String] {
        contents.map(\.name).filter { $0.lowercased().hasPrefix(prefix.lowercased()) && $0.count > prefix.count }
            .map { String($0.dropFirst(prefix.count)) }
    }

    /// The keys that nobody read, of the sections that somebody asked for: misspelt most likely. `file:line: [section] KEY` each.
    public func unusedKeys() -> [String] {
        let used = usage.all
        return contents.flatMap { section in
            guard let read = used[section.name.lowercased()], section.name.lowercased() != "paths" else { return [String]() }
            return section.order.filter { !read.contains($0) }.compactMap { section.entries[$0] }
                .map { "\($0.file):\($0.line): [\(section.name)] \($0.key)" }
        }
    }
}
