// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Where goods go. Member names are those of a contract's locations, but for the name.
public struct Delivery: Codable, Sendable, Equatable {
    public var name: String
    public var street: String
    public var streetNumber: String
    public var zipCode: String
    public var city: String
    public var state: String?
    /// ISO 3166-1 alpha-2.
    public var country: String

    enum CodingKeys: String, CodingKey {
        case name, street
        case streetNumber = "street_number"
        case zipCode = "zip_code"
        case city, state, country
    }

    public init(name: String, street: String, streetNumber: String, zipCode: String, city: String, state: String? = nil, country: String) {
        self.name = name
        self.street = street
        self.streetNumber = streetNumber
        self.zipCode = zipCode
        self.city = city
        self.state = state
        self.country = country
    }
}
