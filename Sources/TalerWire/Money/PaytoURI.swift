// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A bank account as a payto URI (RFC 8905), as it was given: the text with its query is what is hashed and signed.
///
/// `iban` and `x-taler-bank` demand a `receiver-name`; an IBAN must have a known country and a right checksum.
public struct PaytoURI: Hashable, Sendable, CustomStringConvertible {
    /// The whole URI as given.
    public let text: String
    /// The wire method, `iban` or `x-taler-bank` for example, in lower case.
    public let method: String
    /// What stands between the method's slash and the query.
    public let target: String
    /// The query without its question mark; nil when there is none.
    public let query: String?

    public var description: String { text }

    /// - Throws: ``WireError/payto(_:)``.
    public init(_ text: some StringProtocol) throws(WireError) {
        let prefix = "payto://"
        guard text.utf8.count <= 1024, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .payto("a URI is up to 1024 ASCII characters without spaces")
        }
        guard text.prefix(prefix.count).lowercased() == prefix else { throw .payto("it does not begin with payto://") }
        let parts = text.dropFirst(prefix.count).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = parts.first, let slash = path.firstIndex(of: "/"), slash > path.startIndex else {
            throw .payto("the slash after the method is missing")
        }
        self.text = String(text)
        method = path[..<slash].lowercased()
        target = String(path[path.index(after: slash)...])
        query = parts.count == 2 ? String(parts[1]) : nil
        switch method {
        case "iban":
            try Self.checkIBAN(String(target.split(separator: "/", omittingEmptySubsequences: false).last ?? ""))
            guard target.split(separator: "/", omittingEmptySubsequences: false).count <= 2 else { throw .payto("too many path segments") }
            guard receiverName != nil else { throw .payto("the receiver-name is missing") }
        case "x-taler-bank":
            let segments = target.split(separator: "/", omittingEmptySubsequences: false)
            guard segments.count >= 2, segments.allSatisfy({ !$0.isEmpty }) else { throw .payto("the account's name is missing") }
            guard receiverName != nil else { throw .payto("the receiver-name is missing") }
        default: break
        }
    }

    /// The value of `receiver-name` as it stands in the URI, percent-encoding included.
    public var receiverName: String? { argument("receiver-name") }

    /// The value of a query argument as it stands in the URI.
    public func argument(_ name: String) -> String? {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0] == name { return String(parts[1]) }
        }
        return nil
    }

    /// The same account without query, in one spelling: what KYC hashes.
    public var normalized: String {
        switch method {
        case "iban": "payto://iban/" + (target.split(separator: "/").last ?? "").uppercased()
        case "x-taler-bank":
            "payto://x-taler-bank/" + target.prefix { $0 != "/" }.lowercased() + target.drop { $0 != "/" }
        case "upi", "ilp": "payto://\(method)/\(target.lowercased())"
        default: "payto://\(method)/\(target)"
        }
    }

    /// Two texts that name one account.
    public func isSameAccount(as other: PaytoURI) -> Bool { normalized == other.normalized }

    private static func checkIBAN(_ iban: String) throws(WireError) {
        guard let length = IBAN.lengths[String(iban.prefix(2))] else { throw .payto("the IBAN's country is not known") }
        guard iban.utf8.count == length else { throw .payto("the IBAN's length is wrong") }
        var remainder = 0
        for character in iban.dropFirst(4) + iban.prefix(4) {
            guard let digit = character.isASCII ? Int(String(character), radix: 36) : nil else {
                throw .payto("the IBAN has a wrong character")
            }
            remainder = (digit < 10 ? remainder * 10 + digit : remainder * 100 + digit) % 97
        }
        guard remainder == 1 else { throw .payto("the IBAN's checksum is wrong") }
    }
}

extension PaytoURI: JSONRepresentable {
    public init(json: JSONValue) throws {
        guard case .string(let text) = json else { throw JSONError(reason: "a payto URI is needed") }
        do { try self.init(text) } catch { throw JSONError(reason: "\(error)") }
    }

    public var json: JSONValue { .string(text) }
}
