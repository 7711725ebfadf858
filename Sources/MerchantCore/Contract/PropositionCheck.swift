// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// Walks the known members of a proposition, normalizing as it goes.
struct PropositionCheck {
    var object: JSONObject
    let money: MoneyRules
    /// The labels of `locations`, by their bytes.
    private let labels: Set<[UInt8]>

    init(object: JSONObject, money: MoneyRules) {
        self.object = object
        self.money = money
        labels = Set((object["locations"]?.objectValue?.names ?? []).map { Array($0.utf8) })
    }

    func content(_ path: String, _ reason: String) -> PropositionError { .content(JSONError(path: "contract.\(path)", reason: reason)) }
    func rule(_ path: String, _ reason: String) -> PropositionError { .rule(JSONError(path: "contract.\(path)", reason: reason)) }

    func transactionID() throws(PropositionError) -> Int64 {
        guard let number = object["transaction_id"]?.integerValue, (0..<1 << 53).contains(number) else {
            throw content("transaction_id", "a whole number from 0 to 2^53 - 1 is needed")
        }
        return number
    }

    mutating func amount(_ name: String) throws(PropositionError) { object[name] = try classicAmount(object[name], at: name) }

    /// The time of a required member, which is brought to its classic form.
    mutating func time(_ name: String) throws(PropositionError) -> Timestamp {
        guard let value = object[name] else { throw content(name, "the member is missing") }
        do {
            let time = try Timestamp(json: value)
            object[name] = time.classicJSON
            return time
        } catch { throw content(name, "\(error)") }
    }

    func classicAmount(_ value: JSONValue?, at path: String) throws(PropositionError) -> JSONValue {
        guard let value else { throw content(path, "the member is missing") }
        let amount: Amount
        do { amount = try Amount(json: value) } catch { throw content(path, "\(error)") }
        guard amount.currency == money.currency else {
            throw .currency(JSONError(path: "contract.\(path)", reason: "\(amount.currency) is not taken here, only \(money.currency)"))
        }
        guard amount.isMultiple(of: money.smallestUnit) else {
            throw rule(path, "\(amount) is no whole number of \(money.smallestUnit) (a fraction counts units of 10^-8)")
        }
        return amount.classicJSON
    }

    func locations() throws(PropositionError) {
        guard let locations = object["locations"]?.objectValue else { throw content("locations", "an object is needed") }
        for member in locations.members {
            guard !member.name.contains(":") else { throw rule("locations.\(member.name)", "a label has no colon") }
            guard case .object = member.value else { throw content("locations.\(member.name)", "an object is needed") }
        }
    }

    func merchant() throws(PropositionError) {
        guard let merchant = object["merchant"]?.objectValue else { throw content("merchant", "an object is needed") }
        guard merchant["name"]?.stringValue != nil else { throw content("merchant.name", "a string is needed") }
        for name in ["address", "jurisdiction"] {
            guard let value = merchant[name] else { continue }
            guard let label = value.stringValue else { throw content("merchant.\(name)", "the label of a location is needed") }
            try checkLabel(label, at: "merchant.\(name)")
        }
    }

    private func checkLabel(_ label: String, at path: String) throws(PropositionError) {
        guard !label.contains(":") else { throw rule(path, "a label has no colon") }
        guard labels.contains(Array(label.utf8)) else { throw rule(path, "the label \(label) is not in locations") }
    }

    mutating func products() throws(PropositionError) {
        guard var products = object["products"]?.arrayValue else { throw content("products", "an array is needed") }
        for index in products.indices {
            let path = "products[\(index)]"
            guard case .object(var product) = products[index] else { throw content(path, "an object is needed") }
            guard product["description"]?.stringValue != nil else { throw content("\(path).description", "a string is needed") }
            product["price"] = try classicAmount(product["price"], at: "\(path).price")
            for name in ["quantity", "product_id"] {
                guard let value = product[name] else { continue }
                guard let number = value.integerValue, number >= 0 else { throw content("\(path).\(name)", "a whole number is needed") }
            }
            if let taxes = try taxes(in: "\(path).taxes", of: product["taxes"]) { product["taxes"] = taxes }
            if let date = product["delivery_date"], date.stringValue == nil { throw content("\(path).delivery_date", "a string is needed") }
            if let value = product["delivery_location"] {
                guard let location = value.stringValue else { throw content("\(path).delivery_location", "a string is needed") }
                if !location.contains(":") { try checkLabel(location, at: "\(path).delivery_location") }
            }
            products[index] = .object(product)
        }
        object["products"] = .array(products)
    }

    /// An optional array of one-member objects `{"VAT": amount}`, in its classic form.
    func taxes(in path: String, of value: JSONValue?) throws(PropositionError) -> JSONValue? {
        guard let value else { return nil }
        guard var taxes = value.arrayValue else { throw content(path, "an array is needed") }
        for index in taxes.indices {
            guard case .object(var tax) = taxes[index], tax.count == 1, let name = tax.names.first else {
                throw content("\(path)[\(index)]", "an object with one member is needed")
            }
            tax[name] = try classicAmount(tax[name], at: "\(path)[\(index)].\(name)")
            taxes[index] = .object(tax)
        }
        return .array(taxes)
    }
}
