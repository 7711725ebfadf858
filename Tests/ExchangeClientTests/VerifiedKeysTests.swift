// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import TalerWire
import Testing

struct VerifiedKeysTests {
    let exchange: RecordedExchange

    init() throws { exchange = try RecordedExchange() }

    @Test func aRealExchangesKeysVerify() throws {
        let keys = try exchange.verify(exchange.keysJSON)
        #expect(keys.denominations.count == 12)
        #expect(keys.signingKeys.count == 1)
        #expect(keys.version.common == 23)
        #expect(keys.canWire(to: try PaytoURI("payto://x-taler-bank/127.0.0.1/shop?receiver-name=Shop")))
        #expect(!keys.canWire(to: try PaytoURI("payto://iban/DE75512108001245126199?receiver-name=M")))
    }

    /// Every signature of the answer, by the path of the member that is changed and what the refusal must name.
    static let tamperings: [([String], JSONValue, String)] = [
        (["signkeys", "0", "stamp_end"], ["t_s": 1_865_559_379], "signing key"),
        (["accounts", "0", "payto_uri"], "payto://x-taler-bank/127.0.0.1/thief?receiver-name=thief", "account"),
        (["accounts", "0", "debit_restrictions"], [["type": "deny"]], "account"),
        (["wire_fees", "x-taler-bank", "0", "wire_fee"], "KUDOS:0.02", "wire fee"),
        (["global_fees", "0", "purse_account_limit"], 6, "global fees"),
        (["denominations", "0", "fee_deposit"], "KUDOS:0", "denomination"),
        (["denominations", "0", "denoms", "0", "stamp_expire_deposit"], ["t_s": 1_861_930_579], "denomination"),
        (["list_issue_date"], ["t_s": 1_795_229_779], "the list"),
        (["denominations", "1", "denoms"], [], "the list"),
    ]

    @Test(arguments: tamperings) func aChangedMemberIsFoundOut(path: [String], value: JSONValue, what: String) throws {
        let changed = exchange.keysJSON.replacing(path[...], with: value)
        #expect(changed != exchange.keysJSON)
        #expect {
            _ = try exchange.verify(changed)
        } throws: { error in
            guard case .signature(let named) = error as? KeysError else { return false }
            return named.hasPrefix(what)
        }
    }

    @Test func anotherMasterKeyIsRefused() throws {
        let other = try MasterPublicKey(base32: "VT2W10PJ46NWQST1GTS2PKM6RMKPK2PB4V464D4X42KYPXVWF7KG")
        #expect(throws: KeysError.otherMasterKey(exchange.master.base32)) {
            try VerifiedKeys(
                verifying: exchange.keysJSON.decode(as: ExchangeKeysResponse.self), master: other, currency: exchange.currency,
                now: exchange.now)
        }
    }

    @Test func anExpiredSigningKeyDoesNotVouchForTheList() throws {
        #expect(throws: KeysError.signingKey) {
            try VerifiedKeys(
                verifying: exchange.keysJSON.decode(as: ExchangeKeysResponse.self), master: exchange.master, currency: exchange.currency,
                now: Timestamp(seconds: 1_802_487_378))
        }
    }

    @Test func anotherCurrencyAndAnUnknownProtocolAreRefused() throws {
        let euro = try Currency("EUR")
        #expect(throws: KeysError.otherCurrency("KUDOS")) {
            try VerifiedKeys(
                verifying: exchange.keysJSON.decode(as: ExchangeKeysResponse.self), master: exchange.master, currency: euro,
                now: exchange.now)
        }
        #expect(throws: KeysError.version("40:0:3")) { _ = try exchange.verify(exchange.keysJSON.replacing(["version"], with: "40:0:3")) }
    }

    @Test(arguments: [
        ("23:0:6", 23), ("40:1:10", 32), ("17:0:0", 17), ("33:0:0", nil), ("16:0:9", 16), ("14:0:2", 14), ("13:0:9", nil), ("35:0:3", 32),
        ("35:0:2", nil), ("23:0", nil), ("x:0:0", nil),
    ])
    func theHighestCommonProtocolIsChosen(text: String, common: Int?) { #expect(ProtocolVersion(text)?.common == common) }
}

extension JSONValue {
    /// A copy with one member or element replaced.
    func replacing(_ path: ArraySlice<String>, with value: JSONValue) -> JSONValue {
        guard let step = path.first else { return value }
        switch self {
        case .object(var object):
            object[step] = object[step]?.replacing(path.dropFirst(), with: value)
            return .object(object)
        case .array(var elements):
            guard let index = Int(step), elements.indices.contains(index) else { return self }
            elements[index] = elements[index].replacing(path.dropFirst(), with: value)
            return .array(elements)
        default: return self
        }
    }
}
