// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// Scheme, host and port of an `http` or `https` URL.
///
/// Read strictly, so that no other reader of the same text takes another host for it: no user, no escapes, no other characters than
/// those of names and addresses.
public struct WebOrigin: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// In lower case; a version 6 address stands in brackets.
    public let host: String
    public let port: UInt16
    /// The host was written as an address of version 6.
    private var isBracketed: Bool { host.hasPrefix("[") }

    /// The host is, or would be taken for, a numeric address: in brackets, or with a number as its last part, be it in base 16.
    var isAddress: Bool {
        guard !isBracketed, let last = host.split(separator: ".").last else { return true }
        return last.allSatisfy(\.isNumber) || last.hasPrefix("0x") && last.dropFirst(2).allSatisfy(\.isHexDigit)
    }

    /// - Returns: nil when the text is no absolute URL of one of these schemes, or has a user, a fragment or control characters.
    public init?(_ url: String) {
        guard url.utf8.count <= 2048, url.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C && $0 != 0x23 }),
            let end = url.range(of: "://")
        else { return nil }
        scheme = url[..<end.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let authority = url[end.upperBound...].prefix { $0 != "/" && $0 != "?" }
        let host: Substring
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            host = authority[...close]
            guard host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }), host.count > 2 else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            guard !host.isEmpty, host.utf8.allSatisfy(Self.isNameCharacter) else { return nil }
        }
        self.host = host.lowercased()
        let rest = authority[host.endIndex...]
        if rest.isEmpty {
            port = scheme == "https" ? 443 : 80
        } else {
            let digits = rest.dropFirst()
            guard rest.first == ":", (1...5).contains(digits.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = UInt16(digits), number > 0
            else { return nil }
            port = number
        }
    }

    public var description: String { "\(scheme)://\(host):\(port)" }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
    }
}
