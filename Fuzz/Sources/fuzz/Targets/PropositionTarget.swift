// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantCore
import TalerWire

/// A frontend's proposition: what is accepted is in its classic form already, and makes a contract that reads back.
enum PropositionTarget {
    private static let money = must("the test's currency") {
        MoneyRules(currency: try Currency("KUDOS"), smallestUnit: try Amount("KUDOS:0.01"))
    }
    private static let now = must("the test's time") { try Timestamp(seconds: 1_700_000_000) }
    private static let merchant = MerchantPublicKey.zero

    static func run(_ input: [UInt8]) {
        guard let json = try? JSONParser.parse(input) else { return }
        let proposition: Proposition
        do { proposition = try Proposition(json, money: money, merchant: merchant, now: now) } catch {
            require(error.error.path.hasPrefix("contract") && !error.error.reason.isEmpty, "a refusal names a member")
            return
        }
        let again = must("an accepted proposition is accepted again") {
            try Proposition(.object(proposition.json), money: money, merchant: merchant, now: now)
        }
        require(again == proposition, "the classic form is a fixed point")
        let contract = must("it becomes a contract") {
            try ContractTerms(proposition, merchant: merchant, wireHash: .zero, mints: [], auditors: [])
        }
        require(contract.transactionID == proposition.transactionID, "its number is kept")
        require(contract.expiry > now, "it has not expired")
        require(contract.amount.isMultiple(of: money.smallestUnit), "its price is a whole number of cents")
        require(
            must("its text is JSON") { try ContractTerms(JSONParser.parse(contract.canonicalText)) } == contract, "the text reads back")
        require(!contract.json.names.contains("pay_url"), "what belongs to no contract is dropped")
    }
}

extension JSONValue {
    fileprivate var names: [String] { objectValue?.names ?? [] }
}
