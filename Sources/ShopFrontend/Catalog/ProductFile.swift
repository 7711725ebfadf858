// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The text of a product's file, cut into its parts: `key: value` lines between two lines `---`, a teaser, a line `===`, a body.
struct ProductFile {
    let name: String
    private(set) var head: [String: (value: String, line: Int)] = [:]
    let teaser: String
    let body: String

    /// - Throws: ``CatalogError`` with the line.
    init(name: String, text: String) throws(CatalogError) {
        self.name = name
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }
        guard lines.first == "---" else { throw CatalogError(file: name, line: 1, reason: "the first line must be ---") }
        guard let end = lines.dropFirst().firstIndex(of: "---") else {
            throw CatalogError(file: name, line: 1, reason: "the second --- is missing")
        }
        for index in 1..<end where !lines[index].allSatisfy({ $0 == " " }) {
            let parts = lines[index].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? parts[1].trimmed : ""
            guard parts.count == 2, !value.isEmpty else {
                throw CatalogError(file: name, line: index + 1, reason: "“key: value” is needed")
            }
            let key = parts[0].trimmed
            guard head[key] == nil else { throw CatalogError(file: name, line: index + 1, reason: "\(key) is there twice") }
            head[key] = (value, index + 1)
        }
        let rest = lines[(end + 1)...]
        let cut = rest.firstIndex(of: "===")
        teaser = rest[..<(cut ?? rest.endIndex)].joined(separator: "\n").trimmed
        body = cut.map { rest[($0 + 1)...].joined(separator: "\n").trimmed } ?? ""
    }

    /// - Throws: ``CatalogError`` when the key is missing.
    func value(_ key: String) throws(CatalogError) -> String {
        guard let entry = head[key] else { throw CatalogError(file: name, reason: "\(key) is missing in the head") }
        return entry.value
    }

    func complaint(_ key: String, _ reason: String) -> CatalogError {
        CatalogError(file: name, line: head[key]?.line, reason: "\(key): \(reason)")
    }
}

extension StringProtocol {
    /// Without spaces, tabs and line ends before and after.
    var trimmed: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(self[first...last])
    }
}
