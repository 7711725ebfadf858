// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantCore
import TalerCrypto
import TalerWire
import Testing

struct PropositionTests {
    let money: MoneyRules
    let merchant: MerchantPublicKey = EdDSAPrivateKey().publicKey()

    init() throws { money = MoneyRules(currency: try Currency("KUDOS"), smallestUnit: try Amount("KUDOS:0.01")) }

    func check(_ object: JSONObject) throws -> Proposition {
        try Proposition(.object(object), money: money, merchant: merchant, now: Propositions.now)
    }

    @Test func aClassicPropositionStaysAsItIs() throws {
        let object = Propositions.make()
        let proposition = try check(object)
        #expect(proposition.json == object)
        #expect(proposition.transactionID == 62)
    }

    @Test func modernAmountsAndTimesBecomeClassic() throws {
        let classic = Propositions.make()
        var modern = classic
        modern["amount"] = "KUDOS:0.5"
        modern["max_fee"] = "KUDOS:0.10"
        modern["timestamp"] = ["t_s": .integer(1_795_000_000)]
        modern["expiry"] = ["t_ms": .integer(1_795_003_600_000)]
        #expect(try check(modern).json == classic)
    }

    @Test func whatNeverBelongsToAContractIsDropped() throws {
        var object = Propositions.make()
        object["pay_url"] = "/taler/pay"
        object["exec_url"] = "/taler/execute"
        object["H_contract"] = "X"
        #expect(try check(object).json == Propositions.make())
    }

    /// Member, its new value (nil: missing), and the path that the refusal must name.
    static let wrongContent: [(String, JSONValue?, String)] = [
        ("amount", nil, "contract.amount"), ("max_fee", "1.5", "contract.max_fee"), ("transaction_id", -1, "contract.transaction_id"),
        ("transaction_id", 9_007_199_254_740_992, "contract.transaction_id"), ("transaction_id", "62", "contract.transaction_id"),
        ("products", nil, "contract.products"), ("products", [["price": "KUDOS:1"]], "contract.products[0].description"),
        ("products", [["description": "x"]], "contract.products[0].price"),
        ("products", [["description": "x", "price": "KUDOS:1", "quantity": "two"]], "contract.products[0].quantity"),
        (
            "products", [["description": "x", "price": "KUDOS:1", "taxes": [["a": "KUDOS:1", "b": "KUDOS:1"]]]],
            "contract.products[0].taxes[0]"
        ),
        ("timestamp", "yesterday", "contract.timestamp"), ("expiry", nil, "contract.expiry"), ("merchant", "me", "contract.merchant"),
        ("locations", [], "contract.locations"), ("taxes", ["VAT"], "contract.taxes[0]"),
        ("extra", .number("0.5"), "contract.extra"), ("extra", [["deep": .number("1e3")]], "contract.extra[0].deep"),
        ("extra", .integer(9_007_199_254_740_993), "contract.extra"), ("extra", "bell \u{7}", "contract.extra"),
        ("extra", ["$forgettable": ["a": "b"]], "contract.extra.$forgettable"),
    ]

    @Test(arguments: wrongContent) func wrongContentIsRefusedWithItsPath(member: String, value: JSONValue?, path: String) throws {
        var object = Propositions.make()
        object[member] = value
        #expect {
            _ = try check(object)
        } throws: { error in
            guard case .content(let error) = error as? PropositionError else { return false }
            return error.path == path
        }
    }

    static let brokenRules: [(String, JSONValue, String)] = [
        ("locations", ["off:ice": ["country": "CH"]], "contract.locations.off:ice"),
        ("locations", [:], "contract.merchant.address"), ("merchant", ["name": "x", "address": "moon"], "contract.merchant.address"),
        ("products", [["description": "x", "price": "KUDOS:1", "delivery_location": "moon"]], "contract.products[0].delivery_location"),
        ("expiry", "/Date(1795000000)/", "contract.expiry"), ("amount", "KUDOS:0.505", "contract.amount"),
        // Without an end there would be no day on which the money has to be wired.
        ("refund_deadline", "/never/", "contract.refund_deadline"), ("timestamp", ["t_s": "never"], "contract.timestamp"),
        ("merchant_pub", "VT2W10PJ46NWQST1GTS2PKM6RMKPK2PB4V464D4X42KYPXVWF7KG", "contract.merchant_pub"),
    ]

    @Test(arguments: brokenRules) func aBrokenRuleIsRefusedWithItsPath(member: String, value: JSONValue, path: String) throws {
        var object = Propositions.make()
        object[member] = value
        #expect {
            _ = try check(object)
        } throws: { error in
            guard case .rule(let error) = error as? PropositionError else { return false }
            return error.path == path
        }
    }

    @Test func anotherCurrencyIsRefused() throws {
        var object = Propositions.make()
        object["max_fee"] = "EUR:1"
        #expect {
            _ = try check(object)
        } throws: { error in
            guard case .currency(let error) = error as? PropositionError else { return false }
            return error.path == "contract.max_fee"
        }
    }

    @Test func labelsOfLocationsAreComparedByTheirBytes() throws {
        var object = Propositions.make()
        object["locations"] = ["L\u{E9}": [:]]
        object["merchant"] = ["name": "Shop", "address": "L\u{E9}"]
        object["products"] = []
        #expect(try check(object).json["merchant"]?["address"] == "L\u{E9}")
        object["merchant"] = ["name": "Shop", "address": "Le\u{301}"]
        let error = try #require(throws: PropositionError.self) { try check(object) }
        #expect(error.error.path == "contract.merchant.address")
    }
}
