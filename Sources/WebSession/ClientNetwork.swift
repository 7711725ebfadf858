// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// What one client has of the address space: an IPv4 address, or the first 64 bits of an IPv6 address, since whoever has one of those has
/// 2^64.
public enum ClientNetwork {
    /// - Parameter address: as a socket or a proxy writes it, with or without brackets and port. What is no address stays as it is.
    public static func text(_ address: String) -> String {
        var text = address[...]
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            text = text[text.index(after: text.startIndex)..<end]
        } else if text.count(where: { $0 == ":" }) == 1 {
            text = text.prefix { $0 != ":" }
        }
        text = text.prefix { $0 != "%" }
        guard text.contains(":") else { return String(text) }
        // An IPv4 client on a socket for both.
        if text.contains("."), let colon = text.lastIndex(of: ":") { return String(text[text.index(after: colon)...]) }
        guard let groups = groups(text), groups.prefix(6) != [0, 0, 0, 0, 0, 0xffff] else { return String(text) }
        return groups.prefix(4).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }

    /// - Parameter network: as ``text(_:)`` writes it.
    public static func isLoopback(_ network: String) -> Bool { network.hasPrefix("127.") || network == "0:0:0:0::/64" }

    /// The eight numbers of an IPv6 address; nil for what is none.
    private static func groups(_ text: Substring) -> [UInt16]? {
        func numbers(_ text: Substring) -> [UInt16]? {
            let parts = text.isEmpty ? [] : text.split(separator: ":", omittingEmptySubsequences: false)
            let numbers = parts.compactMap { UInt16($0, radix: 16) }
            return numbers.count == parts.count ? numbers : nil
        }
        guard let gap = text.firstRange(of: "::") else {
            return numbers(text).flatMap { $0.count == 8 ? $0 : nil }
        }
        guard let front = numbers(text[..<gap.lowerBound]), let back = numbers(text[gap.upperBound...]), front.count + back.count < 8 else {
            return nil
        }
        return front + [UInt16](repeating: 0, count: 8 - front.count - back.count) + back
    }
}

extension Request {
    /// Where the request came from, as far as it tells clients apart; nil when nothing does: behind a UNIX socket everybody looks alike.
    /// - Parameter isBehindProxy: a proxy appends the client's address to `X-Forwarded-For`; what stands before it is anybody's word.
    public func clientNetwork(isBehindProxy: Bool) -> String? {
        if isBehindProxy, let last = fields.all("X-Forwarded-For").last?.split(separator: ",").last {
            return ClientNetwork.text(String(last.filter { $0 != " " }.prefix(64)))
        }
        return peer.map(ClientNetwork.text)
    }

    /// What a limit counts the request by; nil for the machine itself, which speaks for all clients alike.
    ///
    /// Through a loopback address or a UNIX socket only a process of this machine comes: its `X-Forwarded-For` is a proxy's, whatever the
    /// configuration says, so that a forgotten key does not put the limits out of force.
    public func countedNetwork(isBehindProxy: Bool) -> String? {
        let peer = peer.map(ClientNetwork.text)
        guard peer.map(ClientNetwork.isLoopback) ?? true else { return clientNetwork(isBehindProxy: isBehindProxy) }
        return fields["X-Forwarded-For"] == nil ? nil : clientNetwork(isBehindProxy: true)
    }
}
