// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// A request target and a Cookie field, one a line: segments and pairs are those of the bytes, decoded once, and can be encoded again.
enum HTTPTarget {
    private static let routes = [Route(.get, "/"), Route(.get, "/order/:id"), Route(.get, "/static/*file")]

    static func run(_ input: [UInt8]) {
        let lines = input.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        guard let target = lines.first.flatMap({ String(validating: $0, as: UTF8.self) }) else { return }
        var fields = HTTPFields()
        if lines.count == 2 { fields.append("Cookie", String(decoding: lines[1], as: UTF8.self)) }
        require(fields.entries.allSatisfy { $0.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }, "a field has no control character")
        check(encoding: target)
        guard let request = Request(.get, target, fields: fields) else { return }
        _ = request.cookies

        let raw = target.utf8.prefix { $0 != UInt8(ascii: "?") }
        let slashes = raw.count { $0 == UInt8(ascii: "/") }
        require(raw.first == UInt8(ascii: "/"), "a target begins with a slash")
        require(request.path.count == (raw.count == 1 ? 0 : slashes), "as many segments as slashes")
        require(request.path.allSatisfy { !$0.utf8.contains(0) }, "no NUL in a path")
        let rebuilt = "/" + request.path.map { PercentEncoding.encode($0) }.joined(separator: "/")
        require(Request(.get, rebuilt)?.path == request.path || request.path == [""], "segments can be encoded again")

        let query = target.utf8.dropFirst(raw.count + 1)
        let pieces = query.split(separator: UInt8(ascii: "&")).count
        require(request.query.pairs.count == pieces, "as many pairs as pieces")
        let form = request.query.pairs.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
        require(Query(encoded: form.joined(separator: "&")) == request.query, "pairs can be encoded again")
        for route in routes { _ = route.description }
    }

    private static func check(encoding text: String) {
        guard !text.utf8.contains(0) else {
            require(PercentEncoding.decode(text) == nil, "NUL is refused")
            return
        }
        let encoded = PercentEncoding.encode(text)
        require(encoded.utf8.allSatisfy { $0 < 0x80 }, "encoded is ASCII")
        require(PercentEncoding.decode(encoded)?.utf8.elementsEqual(text.utf8) == true, "encoded and decoded is the same")
        require(PercentEncoding.decode(encoded, plusIsSpace: true)?.utf8.elementsEqual(text.utf8) == true, "in a form as well")
    }
}
