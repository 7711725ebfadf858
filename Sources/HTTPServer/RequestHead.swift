// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// What is known of a request before its body.
struct RequestHead: Sendable {
    let id: String
    let method: HTTPMethod
    /// Nil when it was not UTF-8.
    let target: String?
    let fields: HTTPFields
    /// Of the header, with the request line.
    let byteCount: Int
    /// The IP address at the other end of the connection; nil for a UNIX socket.
    let peer: String?

    /// Nil without the field, as in a chunked request. (What is no number was already refused by the library.)
    var contentLength: Int? { fields["Content-Length"].flatMap(Int.init) }

    /// The client waits for a sign before it sends the body.
    var expectsContinue: Bool { fields["Expect"]?.lowercased() == "100-continue" }

    /// The target without its query, for logs: no control characters, and not endless.
    var path: String {
        let scalars = (target ?? "?").unicodeScalars.prefix { $0 != "?" }.prefix(200)
        return String(String.UnicodeScalarView(scalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "?" : $0 }))
    }

    /// RFC 9112, 3.2.2: a client may send the whole URL; what is before the path is left out.
    static func origin(_ target: String) -> String {
        let lower = target.prefix(8).lowercased()
        guard let scheme = ["http://", "https://"].first(where: { lower.hasPrefix($0) }) else { return target }
        let rest = target.dropFirst(scheme.count)
        guard let end = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
        return rest[end] == "/" ? String(rest[end...]) : "/" + rest[end...]
    }
}
