// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

extension Request {
    /// Whether `If-None-Match` names the entity tag, by weak comparison (RFC 9110, 13.1.2). Quotes may be missing, as exchanges in C
    /// leave them out.
    /// - Parameter tag: in quotes.
    func knows(_ tag: String) -> Bool {
        guard let header = fields["If-None-Match"] else { return false }
        let bare = tag.filter { $0 != "\"" }
        return header.split(separator: ",").contains { candidate in
            let text = candidate.filter { $0 != " " && $0 != "\t" }
            let strong = text.hasPrefix("W/") ? text.dropFirst(2) : text[...]
            return strong == "*" || strong.filter { $0 != "\"" } == bare
        }
    }
}
