// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The `Link` fields of an answer (RFC 8288), as far as a wallet needs them.
enum LinkField {
    /// The first target of a relation, as the server wrote it; nil when there is none.
    static func target(_ relation: String, in lines: [String]) -> String? {
        for line in lines where line.utf8.count <= 8192 {
            var rest = line[...]
            while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
                let after = rest[rest.index(after: close)...]
                let parameters = after.prefix { $0 != "<" }
                if parameters.split(separator: ";").contains(where: { isRelation($0, relation) }) {
                    return String(rest[rest.index(after: open)..<close])
                }
                rest = rest[parameters.endIndex...]
            }
        }
        return nil
    }

    /// `rel=taler-refund` or `rel="next taler-refund"`, maybe with a comma before the next link.
    private static func isRelation(_ parameter: Substring, _ relation: String) -> Bool {
        let pair = parameter.split(separator: "=", maxSplits: 1)
        guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "rel" else { return false }
        return pair[1].split { " \t\",".contains($0) }.contains { $0.lowercased() == relation }
    }
}
