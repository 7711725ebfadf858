// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// A payto URI stays the text that it was, and its normal form is one.
enum PaytoTarget {
    static func run(_ input: [UInt8]) {
        guard let text = String(validating: input, as: UTF8.self), let uri = try? PaytoURI(text) else { return }
        require(uri.text == text && uri.description == text, "the text is kept")
        require((try? PaytoURI(json: uri.json)) == uri, "reads back")
        require(uri.isSameAccount(as: uri), "the same account as itself")
        require(uri.method == uri.method.lowercased(), "the method is in lower case")
        require(!uri.target.contains("?"), "the query is no part of the account")
        // With its query put back, the normal form names the same account.
        let full = uri.normalized + (uri.query.map { "?" + $0 } ?? "")
        if full.utf8.count <= 1024 {
            let again = must("the normal form is a payto URI") { try PaytoURI(full) }
            require(again.normalized == uri.normalized && again.isSameAccount(as: uri), "normalizing is idempotent")
        }
    }
}
