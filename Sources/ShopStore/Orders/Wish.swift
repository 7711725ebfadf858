// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What somebody wants to buy: the key by which a repeated click finds its order again.
public struct Wish: Sendable, Equatable {
    public var session: String
    /// Tells the networks of clients apart, without naming them. Nil when that is not known: then nothing is counted by it.
    public var network: String?
    public var lines: [OrderLine]
    public var delivery: Delivery?
    /// Two letters.
    public var language: String
    /// For all lines together.
    public var amount: Amount

    /// - Parameter amount: the sum of the lines' amounts.
    public init(session: String, lines: [OrderLine], amount: Amount, delivery: Delivery? = nil, language: String = "en") {
        self.session = session
        self.lines = lines
        self.amount = amount
        self.delivery = delivery
        self.language = language
    }

    /// Equal for equal wishes, whatever language they are made in.
    var basket: String {
        let parts = lines.map { "\($0.product)\u{1F}\($0.quantity)\u{1F}\($0.amount)" }
        let address = delivery.map {
            [$0.name, $0.street, $0.streetNumber, $0.zipCode, $0.city, $0.state ?? "", $0.country].joined(separator: "\u{1F}")
        }
        return (parts + [address].compactMap(\.self)).joined(separator: "\u{1E}")
    }
}
