// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A frontend's proposition, checked, its known members brought to their classic form. Unknown members are kept as they are.
///
/// The classic form: amounts `{"currency", "fraction", "value"}`, times `"/Date(SECONDS)/"`.
public struct Proposition: Sendable, Equatable {
    /// Without `pay_url`, `exec_url` and `H_contract`, which never belong to a contract.
    public let json: JSONObject
    public let transactionID: Int64

    /// - Parameters:
    ///   - merchant: a proposition that names another `merchant_pub` is refused.
    ///   - now: an `expiry` before it is refused.
    public init(_ value: JSONValue, money: MoneyRules, merchant: MerchantPublicKey, now: Timestamp) throws(PropositionError) {
        guard case .object(var object) = value else {
            throw .content(JSONError(path: "contract", reason: "an object is needed, not \(value.kind)"))
        }
        for name in ["pay_url", "exec_url", "H_contract"] { object[name] = nil }
        do { try Self.checkContent(.object(object)) } catch { throw .content(error.within("contract")) }
        var check = PropositionCheck(object: object, money: money)
        transactionID = try check.transactionID()
        try check.amount("amount")
        try check.amount("max_fee")
        for name in ["timestamp", "refund_deadline"] {
            // The transfer is due after both, and an exchange takes no "never" for it.
            guard try !check.time(name).isNever else { throw check.rule(name, "a day is needed") }
        }
        guard try check.time("expiry") > now else { throw check.rule("expiry", "the offer would have expired already") }
        try check.locations()
        try check.merchant()
        try check.products()
        try check.taxes(in: "taxes", of: check.object["taxes"]).map { check.object["taxes"] = $0 }
        if let named = check.object["merchant_pub"] {
            guard let key = try? MerchantPublicKey(json: named), key == merchant else {
                throw check.rule("merchant_pub", "it is not the key of this merchant")
            }
        }
        json = check.object
    }

    /// What no contract may hold: numbers that are not whole or beyond 2^53, control characters, `$forgettable`.
    private static func checkContent(_ value: JSONValue) throws(JSONError) {
        switch value {
        case .number(let text): throw JSONError(reason: "\(text.prefix(40)) is not allowed: whole numbers only")
        case .integer(let number):
            guard number.magnitude <= 1 << 53 else { throw JSONError(reason: "a number is beyond 2^53") }
        case .string(let text): try checkText(text)
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                do { try checkContent(element) } catch { throw error.within("[\(index)]") }
            }
        case .object(let object):
            for member in object.members {
                guard member.name != "$forgettable" else {
                    throw JSONError(path: member.name, reason: "it has no meaning in a classic contract")
                }
                try checkText(member.name)
                do { try checkContent(member.value) } catch { throw error.within(member.name) }
            }
        case .null, .bool: break
        }
    }

    private static func checkText(_ text: String) throws(JSONError) {
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw JSONError(reason: "a text holds a control character")
        }
    }
}
