// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// File paths of a configuration.
enum ConfigurationPath {
    /// A path that is not absolute begins at the folder of the file that names it.
    static func resolve(_ path: String, besideFile file: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        let folder = (file as NSString).deletingLastPathComponent
        return folder.isEmpty ? path : (folder as NSString).appendingPathComponent(path)
    }

    static let maximumDepth = 16
    /// Variables that each name the next one several times would otherwise be replaced without end.
    static let maximumReplacements = 1000

    /// Replaces `$NAME`, `${NAME}` and `${NAME:-default}`; a value may hold variables in its turn.
    /// - Parameter lookup: the value of a variable, nil when there is none.
    /// - Returns: the text, or why there is none.
    static func expand(_ text: String, lookup: (String) -> String?) -> Result<String, ExpansionFailure> {
        var replacements = 0
        do throws(ExpansionFailure) { return .success(try expand(text, depth: 0, &replacements, lookup)) } catch { return .failure(error) }
    }

    private static func expand(
        _ text: String, depth: Int, _ replacements: inout Int, _ lookup: (String) -> String?
    ) throws(ExpansionFailure) -> String {
        guard depth < maximumDepth else { throw ExpansionFailure(reason: "the variables refer to each other in a circle") }
        var out = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            out += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            var name: Substring
            var fallback: Substring?
            if rest.hasPrefix("{") {
                guard let close = matchingBrace(rest) else { throw ExpansionFailure(reason: "the brace after $ is not closed") }
                name = rest[rest.index(after: rest.startIndex)..<close]
                rest = rest[rest.index(after: close)...]
                if let separator = name.firstRange(of: ":-") {
                    fallback = name[separator.upperBound...]
                    name = name[..<separator.lowerBound]
                }
            } else {
                name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
                rest = rest[name.endIndex...]
            }
            guard !name.isEmpty else { throw ExpansionFailure(reason: "a variable's name is missing after $") }
            guard let value = lookup(String(name)) ?? fallback.map(String.init) else {
                throw ExpansionFailure(reason: "the variable \(name) is neither in [PATHS] nor in the environment")
            }
            replacements += 1
            guard replacements <= maximumReplacements else {
                throw ExpansionFailure(reason: "it takes more than \(maximumReplacements) replacements of variables")
            }
            out += try expand(value, depth: depth + 1, &replacements, lookup)
        }
        return out + rest
    }

    private static func matchingBrace(_ text: Substring) -> Substring.Index? {
        var level = 0
        for index in text.indices {
            if text[index] == "{" { level += 1 }
            if text[index] == "}" {
                level -= 1
                if level == 0 { return index }
            }
        }
        return nil
    }

    struct ExpansionFailure: Error {
        let reason: String
    }
}
