// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What the owner decides about the back office.
public struct OfficeSettings: Sendable {
    /// The name of the shop.
    public var shopName: String
    /// Where the owner's browser reaches the back office; no slash at its end.
    public let publicURL: String
    /// Where buyers reach the shop; no slash at its end.
    public let shopURL: String
    /// Amounts are whole numbers of it; names the currency.
    public var smallestUnit: Amount
    /// Requests come through a proxy that appends the client's address to `X-Forwarded-For`.
    public var isBehindProxy = false

    public init(shopName: String, publicURL: String, shopURL: String, smallestUnit: Amount) {
        self.shopName = shopName
        self.publicURL = Self.withoutSlash(publicURL)
        self.shopURL = Self.withoutSlash(shopURL)
        self.smallestUnit = smallestUnit
    }

    public var currency: Currency { smallestUnit.currency }

    var isSecure: Bool { publicURL.hasPrefix("https://") }

    /// The path of the public address without a slash at its end: what links within the back office begin with.
    var base: String {
        guard let scheme = publicURL.firstRange(of: "://") else { return "" }
        return String(publicURL[scheme.upperBound...].drop { $0 != "/" })
    }

    /// Browsers take a cookie of such a name from this host alone, by https, for all of its paths.
    func cookieName(_ name: String) -> String { isSecure && base.isEmpty ? "__Host-" + name : name }

    private static func withoutSlash(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }
}
