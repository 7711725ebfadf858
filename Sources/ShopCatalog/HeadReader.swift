// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// Takes values out of a head, and collects what is wrong with them.
struct HeadReader {
    let head: Head
    let rules: CatalogRules
    private(set) var complaints: [CatalogError]

    init(_ head: Head, rules: CatalogRules) {
        self.head = head
        self.rules = rules
        complaints = head.complaints
    }

    mutating func complain(_ key: String, _ reason: String) {
        complaints.append(CatalogError(file: head.file, line: head[key]?.line ?? head.line, reason: "\(key): \(reason)"))
    }

    mutating func complain(_ line: Int, _ reason: String) {
        complaints.append(CatalogError(file: head.file, line: line, reason: reason))
    }

    /// The value of a key that may be left out. An empty one is nil; the head has complained about it.
    func value(_ key: String) -> String? { head[key].flatMap { $0.value.isEmpty ? nil : $0.value } }

    mutating func required(_ key: String) -> String? {
        if head[key] == nil { complain(head.line, "\(key) is missing in the head") }
        return value(key)
    }

    /// A text for one line of a page; those that are longer in the file are joined.
    mutating func line(_ key: String, isRequired: Bool = true) -> String? {
        guard let value = isRequired ? required(key) : value(key) else { return nil }
        let text = value.split(separator: "\n").map(\.trimmed).joined(separator: " ")
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            complain(key, "a control character cannot stand in a contract")
            return nil
        }
        return text
    }

    mutating func wholeNumber(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = value(key) else { return nil }
        guard let number = Self.wholeNumber(text), range.contains(number) else {
            complain(key, "a whole number from \(range.lowerBound) to \(range.upperBound) is needed")
            return nil
        }
        return number
    }

    /// False when the key is not there.
    mutating func flag(_ key: String) -> Bool {
        switch value(key) {
        case "yes": return true
        case "no", nil: return false
        default:
            complain(key, "yes or no is needed")
            return false
        }
    }

    mutating func amount(_ key: String) -> Amount? { required(key).flatMap { amount(key, $0) } }

    mutating func amount(_ key: String, _ text: String, mayBeZero: Bool = false) -> Amount? {
        let amount: Amount
        do { amount = try Amount(text) } catch {
            complain(key, "\(text) is no amount: " + (meant(text).map { "write \($0)" } ?? "\(error)"))
            return nil
        }
        guard amount.currency == rules.smallestUnit.currency else {
            complain(key, "the shop's currency is \(rules.smallestUnit.currency)")
            return nil
        }
        guard mayBeZero || !amount.isZero else {
            complain(key, "the amount is zero")
            return nil
        }
        guard amount.isMultiple(of: rules.smallestUnit) else {
            complain(key, "\(amount) is no whole number of \(rules.smallestUnit)")
            return nil
        }
        return amount
    }

    /// How the amount is written of who wrote a comma for the point, or left out or misplaced the currency; nil when that is not clear.
    private func meant(_ text: String) -> String? {
        let currency = "\(rules.smallestUnit.currency)"
        var digits = text.replacing(",", with: ".").trimmed
        if digits.uppercased().hasPrefix(currency) { digits = String(digits.dropFirst(currency.count)) }
        if digits.uppercased().hasSuffix(currency) { digits = String(digits.dropLast(currency.count)) }
        digits = digits.trimmed
        if digits.hasPrefix(":") { digits = String(digits.dropFirst()).trimmed }
        let meant = "\(currency):\(digits)"
        guard let amount = try? Amount(meant), amount.isMultiple(of: rules.smallestUnit) else { return nil }
        return meant
    }

    /// Pieces between commas, trimmed.
    static func pieces(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
    }

    /// Digits only: no sign.
    static func wholeNumber(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}
