// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// 200 of the bank's own `GET /config`.
public struct BankConfig: Codable, Sendable, Equatable {
    /// `current:revision:age`.
    public var version: String
    public var name: String
    public var currency: String
    /// Base URL of the exchange that a withdrawal uses unless it names another.
    public var suggestedExchange: String?
    /// What a new account is given, as an amount's text.
    public var registerBonus: String?

    enum CodingKeys: String, CodingKey {
        case version, name, currency
        case suggestedExchange = "suggested_exchange"
        case registerBonus = "register_bonus"
    }

    public init(version: String, name: String, currency: String, suggestedExchange: String?, registerBonus: String?) {
        self.version = version
        self.name = name
        self.currency = currency
        self.suggestedExchange = suggestedExchange
        self.registerBonus = registerBonus
    }
}
