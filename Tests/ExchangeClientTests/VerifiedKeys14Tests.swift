// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import TalerWire
import Testing

struct VerifiedKeys14Tests {
    let exchange: RecordedExchange14

    init() throws { exchange = try RecordedExchange14() }

    @Test func aRealExchangesKeysVerify() throws {
        let keys = try exchange.verify()
        #expect(keys.commonProtocol == 14)
        #expect(keys.denominations.count == 7)
        #expect(keys.wireFees["x-taler-bank"]?.count == 2)
        #expect(keys.canWire(to: try PaytoURI("payto://x-taler-bank/127.0.0.1/shop?receiver-name=Shop")))
        #expect(!keys.canWire(to: try PaytoURI("payto://iban/DE75512108001245126199?receiver-name=M")))
    }

    static let tamperings: [([String], JSONValue, String)] = [
        (["signkeys", "0", "stamp_end"], ["t_s": 1_865_556_549], "signing key"),
        (["denoms", "0", "fee_deposit"], "KUDOS:0.01", "denomination"),
        (["denominations", "0", "fee_deposit"], "KUDOS:0", "denomination"),
        (["denoms", "0", "denom_pub", "age_mask"], 1, "denomination"),
        (["list_issue_date"], ["t_s": 1_795_226_949], "the list"),
        (["denoms"], [], "the list"),
        (["global_fees", "0", "purse_account_limit"], 6, "global fees"),
    ]

    @Test(arguments: tamperings) func aChangedMemberIsFoundOut(path: [String], value: JSONValue, what: String) throws {
        let changed = exchange.keysJSON.replacing(path[...], with: value)
        #expect(changed != exchange.keysJSON)
        expectSignatureError(what) { try exchange.verify(changed, exchange.wireJSON) }
    }

    static let wireTamperings: [([String], JSONValue, String)] = [
        (["accounts", "0", "payto_uri"], "payto://x-taler-bank/127.0.0.1/thief?receiver-name=thief", "account"),
        (["fees", "x-taler-bank", "0", "wire_fee"], "KUDOS:0.02", "wire fee"),
    ]

    @Test(arguments: wireTamperings) func aChangedAccountOrFeeIsFoundOut(path: [String], value: JSONValue, what: String) throws {
        expectSignatureError(what) { try exchange.verify(exchange.keysJSON, exchange.wireJSON.replacing(path[...], with: value)) }
    }

    @Test func theLayoutsAreNotMixed() throws {
        #expect(throws: KeysError.version("17:0:0")) {
            _ = try exchange.verify(exchange.keysJSON.replacing(["version"], with: "17:0:0"), exchange.wireJSON)
        }
        let new = try RecordedExchange()
        #expect(throws: KeysError.version("16:0:2")) { _ = try new.verify(new.keysJSON.replacing(["version"], with: "16:0:2")) }
    }

    private func expectSignatureError(_ what: String, _ verify: () throws -> VerifiedKeys) {
        #expect {
            _ = try verify()
        } throws: { error in
            guard case .signature(let named) = error as? KeysError else { return false }
            return named.hasPrefix(what)
        }
    }
}
