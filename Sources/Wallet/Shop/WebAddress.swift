// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// An `http` or `https` address without user and fragment, in ASCII. What is sent to it goes to its origin and nowhere else: the text is
/// put together from the parts that were checked.
struct WebAddress: Sendable, Equatable {
    /// `http` or `https`.
    let scheme: String
    /// In lower case, with the port unless it is the scheme's own.
    let authority: String
    /// Begins with a slash; percent-encoded.
    let path: String
    let query: String?

    var origin: String { "\(scheme)://\(authority)" }
    var text: String { origin + path + (query.map { "?\($0)" } ?? "") }

    private init(scheme: String, authority: String, path: String, query: String?) {
        self.scheme = scheme
        self.authority = authority
        self.path = path
        self.query = query
    }

    /// - Returns: nil for whatever is not an absolute address of that kind.
    init?(_ text: some StringProtocol) {
        guard Self.isClean(text), let colon = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[colon.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        guard let authority = Self.authority(rest[..<end], scheme) else { return nil }
        self.init(scheme: scheme, authority: authority, relative: String(rest[end...]))
    }

    private init(scheme: String, authority: String, relative: String) {
        let parts = relative.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            scheme: scheme, authority: authority, path: Self.withoutDots(parts.first.map(String.init) ?? ""),
            query: parts.count == 2 ? String(parts[1]) : nil)
    }

    /// The address of a shop: as it is, with a slash at the end of its path, without a query.
    static func ofShop(_ text: String) throws(WalletError) -> WebAddress {
        guard let address = WebAddress(text) else { throw .address("\(text.printable) is not http://… or https://…") }
        return WebAddress(
            scheme: address.scheme, authority: address.authority, path: address.path.asBaseURL, query: nil)
    }

    /// What a page at this address means by a link (RFC 3986 §5).
    func resolving(_ reference: String) -> WebAddress? {
        guard Self.isClean(reference) else { return nil }
        let link = reference.prefix { $0 != "#" }
        if let colon = link.firstIndex(of: ":"), !link[..<colon].contains(where: { "/?".contains($0) }) { return WebAddress(link) }
        if link.hasPrefix("//") { return WebAddress("\(scheme):\(link)") }
        if link.isEmpty { return self }
        let base = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        let whole = link.hasPrefix("/") ? String(link) : link.hasPrefix("?") ? path + link : base + "/" + link
        return WebAddress(scheme: scheme, authority: authority, relative: whole)
    }

    /// The same with another parameter in its query.
    func adding(_ parameter: String) -> WebAddress? { WebAddress(text + (query == nil ? "?" : "&") + parameter) }

    /// Browsers, servers and libraries differ in what they make of other characters.
    private static func isClean(_ text: some StringProtocol) -> Bool {
        text.utf8.count <= 8192 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\\\"<>^`{|}".utf8.contains($0) }
    }

    private static func authority(_ text: some StringProtocol, _ scheme: String) -> String? {
        let isBracketed = text.hasPrefix("[")
        let hostEnd = isBracketed ? text.firstIndex(of: "]").map { text.index(after: $0) } : text.firstIndex(of: ":") ?? text.endIndex
        guard let hostEnd else { return nil }
        let host = text[..<hostEnd].lowercased()
        let inner = isBracketed ? host.dropFirst().dropLast() : host[...]
        let isHost = inner.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...(isBracketed ? 0x66 : 0x7A)).contains($0)
                || (isBracketed ? ":." : "-._").utf8.contains($0)
        }
        guard !inner.isEmpty, isHost else { return nil }
        let tail = text[hostEnd...]
        guard !tail.isEmpty, tail != ":" else { return host }
        guard tail.hasPrefix(":"), tail.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(tail.dropFirst()), port != 0
        else { return nil }
        return port == (scheme == "https" ? 443 : 80) ? host : "\(host):\(port)"
    }

    /// RFC 3986 §5.2.4.
    private static func withoutDots(_ path: String) -> String {
        var out: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { out.append("") }
            case "..":
                _ = out.popLast()
                if isLast { out.append("") }
            default: out.append(segment)
            }
        }
        return "/" + out.joined(separator: "/")
    }
}
