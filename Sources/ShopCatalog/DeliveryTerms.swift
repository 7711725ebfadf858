// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// How goods come to who bought them.
public struct DeliveryTerms: Sendable, Equatable {
    public enum Destinations: Sendable, Equatable {
        case everywhere
        /// In the order of the product's file; never empty.
        case countries([CountryCode])
    }

    public let destinations: Destinations
    /// Days from the payment to the delivery, the fewest and the most.
    public let days: ClosedRange<Int>
    /// What the sending costs on top of the price; nil when nothing.
    public let price: Amount?

    public init(destinations: Destinations, days: ClosedRange<Int>, price: Amount?) {
        self.destinations = destinations
        self.days = days
        self.price = price
    }

    public func reaches(_ country: CountryCode) -> Bool {
        switch destinations {
        case .everywhere: true
        case .countries(let countries): countries.contains(country)
        }
    }
}
