// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// HTML that may stand in a page as it is. Text becomes markup by ``init(escaping:)``, never by accident.
public struct Markup: Hashable, Sendable {
    public let html: String

    /// - Parameter html: made by this program or escaped already; nobody checks it again.
    public init(trusted html: String) { self.html = html }

    /// The text as it reads: `&`, `<`, `>`, both quotes and the backquote become character references. Works on bytes, so that a mark
    /// that combines with a quote does not hide it. NUL becomes U+FFFD.
    public init(escaping text: some StringProtocol) {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): out += "&amp;".utf8
            case UInt8(ascii: "<"): out += "&lt;".utf8
            case UInt8(ascii: ">"): out += "&gt;".utf8
            case UInt8(ascii: "\""): out += "&quot;".utf8
            case UInt8(ascii: "'"): out += "&#39;".utf8
            case UInt8(ascii: "`"): out += "&#96;".utf8
            case 0: out += "\u{FFFD}".utf8
            default: out.append(byte)
            }
        }
        html = String(decoding: out, as: UTF8.self)
    }
}
