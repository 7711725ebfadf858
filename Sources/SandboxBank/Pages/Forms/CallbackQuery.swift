// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import TalerWire

/// What a wallet adds to the callback address (seeds 000 and 001): `amount_value`, `amount_fraction` (in units of 10^-8),
/// `amount_currency`, `exchange`, `reserve_pub`, and optionally `exchange_wire_details`.
struct CallbackQuery: Sendable {
    let amount: Amount
    let exchange: BankSettings.DefaultExchange
    let account: Account
    let reserve: ReservePublicKey

    var destination: Withdrawal.Destination {
        Withdrawal.Destination(exchangeBaseURL: exchange.url, account: account.number, reserve: reserve)
    }

    private static let names = ["amount_value", "amount_fraction", "amount_currency", "exchange", "reserve_pub", "exchange_wire_details"]

    /// - Throws: 400 / 25 and 26 with the parameter's name, 400 / 5108, 400 / 30, 400 / 27; 404 / 5106 for an exchange that the
    ///   configuration does not know.
    init(_ query: Query, _ bank: Bank) async throws {
        for name in Self.names where query.pairs.count(where: { $0.name == name }) > 1 {
            throw Self.malformed(name, "it is there twice")
        }
        amount = try Self.amount(query, bank.settings.currency)
        let url = try Self.value(query, "exchange")
        guard let exchange = bank.settings.exchange(url), let account = try await bank.store.account(named: exchange.account) else {
            throw APIError(
                .bankUnknownAccount, hint: "This bank does not know the exchange that your wallet has named, so it sends no money there.",
                detail: url)
        }
        self.exchange = exchange
        self.account = account
        do { reserve = try ReservePublicKey(base32: Self.value(query, "reserve_pub")) } catch let error as APIError { throw error } catch {
            throw APIError(.genericReservePubMalformed, hint: "Your wallet has named a reserve key that is not valid. No money was moved.")
        }
        if let details = query["exchange_wire_details"], !details.isEmpty { try Self.check(details, account, bank) }
    }

    private static func value(_ query: Query, _ name: String) throws(APIError) -> String {
        guard let value = query[name], !value.isEmpty else {
            throw APIError(
                .genericParameterMissing, hint: "The address of this page is incomplete: \(name) is missing. Your wallet makes it whole.",
                detail: name)
        }
        return value
    }

    private static func malformed(_ name: String, _ reason: String) -> APIError {
        APIError(.genericParameterMalformed, hint: "The address of this page is not as it must be: \(name), \(reason).", detail: name)
    }

    private static func amount(_ query: Query, _ currency: Currency) throws(APIError) -> Amount {
        func number(_ name: String) throws(APIError) -> UInt64 {
            let text = try value(query, name)
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt64(text) else {
                throw malformed(name, "it is no whole number")
            }
            return number
        }
        let whole = try number("amount_value")
        let fraction = try number("amount_fraction")
        guard try value(query, "amount_currency") == currency.text else { throw .otherCurrency(currency) }
        guard let part = UInt32(exactly: fraction), let amount = try? Amount(currency, value: whole, fraction: part) else {
            throw malformed("amount_fraction", "the amount is out of range")
        }
        return amount
    }

    /// WireDetails, or an object that has them as its member `test`, as wallets of 2017 sent them. What they say must agree with what the
    /// bank knows; the bank's word counts.
    private static func check(_ text: String, _ account: Account, _ bank: Bank) throws(APIError) {
        let name = "exchange_wire_details"
        guard let json = try? JSONParser.parse(Array(text.utf8)), json.objectValue != nil else {
            throw malformed(name, "it is no JSON object")
        }
        let details = json["test"]?.objectValue == nil ? json : json["test"] ?? json
        if let type = details["type"], type.stringValue != "test" { throw malformed(name, "its type is not “test”") }
        if let number = details["account_number"], number.integerValue != account.number {
            throw malformed(name, "it names another account than the one that this bank knows for the exchange")
        }
        if let url = details["bank_uri"] {
            let address = url.stringValue.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
            guard address == bank.settings.address else { throw malformed(name, "it names another bank") }
        }
    }
}
