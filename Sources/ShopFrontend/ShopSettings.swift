// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Localization
import ShopCatalog
public import TalerWire

/// What the owner decides about the shop.
public struct ShopSettings: Sendable {
    public var name: String
    /// Where browsers reach the shop; no slash at its end.
    public var publicURL: String
    /// Prices and donations are whole numbers of it; names the currency.
    public var smallestUnit: Amount
    /// The deposit fees that the shop pays for its buyers.
    public var maximumFee: Amount
    /// How long an offer may be paid.
    public var offerTime: Int64 = 3600
    /// How long after the offer's end money may be given back.
    public var refundTime: Int64 = 86400
    /// What pages can be in; the first is for who wants none of them.
    public var languages = Language.allCases
    /// Origin of the wallet that pages load; nil for none.
    public var walletOrigin: String?
    /// A proxy in front of the shop appends the client's address to `X-Forwarded-For`.
    public var isBehindProxy = false
    /// Where the shop is in business and where disputes are settled: parts of a contract's location.
    public var address: [(part: String, value: String)]
    /// The seller's, as receipts show it; nil for none.
    public var taxNumber: String?

    /// The front page's own words in each language for which there are some; without any the program's.
    public var heading: [Language: String] = [:]
    public var lead: [Language: String] = [:]
    /// Where buyers can write to: an http, https or mailto address; nil for none.
    public var contact: String?
    /// The page with what the law wants to be said: an http, https or mailto address; nil for none.
    public var legal: String?

    public init(
        name: String, publicURL: String, smallestUnit: Amount, maximumFee: Amount, walletOrigin: String? = nil,
        address: [(part: String, value: String)] = []
    ) {
        self.name = name
        self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
        self.smallestUnit = smallestUnit
        self.maximumFee = maximumFee
        self.walletOrigin = walletOrigin.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.address = address
    }

    public var currency: Currency { smallestUnit.currency }

    /// The owner's text for a reader of this language: else the shop's first language's.
    func text(_ texts: [Language: String], _ language: Language) -> Passage? {
        let known = ([language] + languages).first { texts[$0] != nil }
        return known.flatMap { known in texts[known].map { Passage($0, known) } }
    }

    /// Name and address in one line; nil without an address.
    var seller: String? {
        let parts = ["street", "city", "country"].compactMap { part in address.first { $0.part == part }?.value }
        return parts.isEmpty ? nil : ([name] + parts).joined(separator: ", ")
    }

    public var isSecure: Bool { publicURL.hasPrefix("https://") }

    /// The name of a cookie: where nothing else is at the host, one that no other host and no address without TLS can set (RFC 6265bis,
    /// 4.1.3.2).
    func cookieName(_ name: String) -> String { isSecure && base.isEmpty ? "__Host-" + name : name }

    /// What cookies are for.
    var cookiePath: String { base + "/" }

    /// `host[:port]` of the public address.
    var host: String { String(afterScheme.prefix { $0 != "/" }) }

    /// The path of the public address without a slash at its end: what links within the shop begin with.
    var base: String { String(afterScheme.drop { $0 != "/" }) }

    private var afterScheme: Substring {
        publicURL.firstRange(of: "://").map { publicURL[$0.upperBound...] } ?? publicURL[...]
    }
}
