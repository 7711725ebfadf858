// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore

/// A delivery address as somebody has typed it.
struct AddressForm: Sendable, Equatable {
    /// In the order of the page. The raw value is the field's name in the form.
    enum Field: String, Sendable, CaseIterable {
        case name, street, number, postcode, city, state, country

        /// In Unicode scalars; the form says the same in `maxlength`, which counts UTF-16 units.
        var maximumLength: Int {
            switch self {
            case .name, .street: 100
            case .city, .state: 80
            case .number, .postcode: 16
            case .country: 2
            }
        }
    }

    enum Fault: Sendable, Equatable {
        case missing
        case tooLong
        /// Control characters, marks that turn the direction of what follows, or nothing that can be read.
        case characters
        /// So many digits make a postcode there.
        case digits(Int)
        /// Not one of those that the goods are sent to.
        case destination
    }

    struct Problem: Sendable, Equatable {
        let field: Field
        let fault: Fault
    }

    private(set) var values: [Field: String]

    /// - Parameter value: what came in a field of that name, nil for nothing.
    init(_ value: (String) -> String? = { _ in nil }) {
        values = [:]
        for field in Field.allCases { values[field] = value(field.rawValue).map(TypedText.tidied) ?? "" }
    }

    subscript(_ field: Field) -> String {
        get { values[field] ?? "" }
        set { values[field] = newValue }
    }

    /// What is wrong, one complaint for a field, in the order of the page.
    /// - Parameter destinations: codes of countries.
    func problems(destinations: [String]) -> [Problem] {
        Field.allCases.compactMap { field in fault(field, destinations).map { Problem(field: field, fault: $0) } }
    }

    /// The address; nil while there are problems.
    func delivery(destinations: [String]) -> Delivery? {
        guard problems(destinations: destinations).isEmpty else { return nil }
        return Delivery(
            name: self[.name], street: self[.street], streetNumber: self[.number], zipCode: self[.postcode], city: self[.city],
            state: self[.state].isEmpty ? nil : self[.state], country: self[.country])
    }

    private func fault(_ field: Field, _ destinations: [String]) -> Fault? {
        let value = self[field]
        guard !value.isEmpty else { return isNeeded(field) ? .missing : nil }
        guard value.unicodeScalars.count <= field.maximumLength else { return .tooLong }
        guard TypedText.isPlain(value) else { return .characters }
        switch field {
        case .name, .street, .city: return TypedText.hasLetter(value) ? nil : .characters
        case .country: return destinations.contains(value) ? nil : .destination
        case .postcode:
            guard let count = Postcodes.digitCounts[self[.country]] else { return nil }
            let digits = value.utf8.count { (0x30...0x39).contains($0) }
            return digits == count && value.utf8.count == count ? nil : .digits(count)
        case .number, .state: return nil
        }
    }

    private func isNeeded(_ field: Field) -> Bool {
        switch field {
        case .name, .street, .city, .country: true
        case .postcode: !Postcodes.countriesWithout.contains(self[.country])
        // Who writes both into one field has given it.
        case .number: !self[.street].utf8.contains { (0x30...0x39).contains($0) }
        case .state: false
        }
    }
}
