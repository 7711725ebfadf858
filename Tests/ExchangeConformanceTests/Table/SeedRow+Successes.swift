// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

extension SeedRow {
    static let successes = [
        SeedRow(200, nil, "the operation succeeded: DepositSuccess") { exchange in
            let purchase = TestPurchase()
            let request = purchase.request(try await exchange.fixture.coins([amount("0.64"), amount("0.08"), amount("1.28")]))
            let response = try await exchange.deposit(request)
            let answer: DepositSuccess = try response.json().decode()
            #expect(purchase.isConfirmed(answer, request, total: amount("1.98")))
            #expect(answer.transactionBaseURL == nil)
            #expect(answer.exchangeTimestamp == exchange.fixture.clock.now())
            let keys: ExchangeKeysResponse = try await exchange.get("/keys").json().decode()
            #expect(keys.signKeys.contains { $0.key == answer.exchangePub })
            return response
        },
        SeedRow(200, nil, "the same request again: the time when the deposit was received") { exchange in
            let request = TestPurchase().request([try await exchange.fixture.coin()])
            let first = try await exchange.deposit(request)
            exchange.fixture.clock.advance(bySeconds: 500)
            let second = try await exchange.deposit(request)
            #expect(second.body == first.body)
            return second
        },
        SeedRow(200, nil, "refund_deadline omitted: refunds are not allowed") { exchange in
            var purchase = TestPurchase()
            purchase.refundDeadline = nil
            let request = purchase.request([try await exchange.fixture.coin()])
            let response = try await exchange.deposit(request)
            #expect(purchase.isConfirmed(try response.json().decode(), request, total: amount("0.63")))
            return response
        },
        SeedRow(200, nil, "extra_wire_subject_metadata: additional text in the wire transfer subject") { exchange in
            let text = "abcXYZ-019.:" + String(repeating: "m", count: 28)
            var request = TestPurchase().request([try await exchange.fixture.coin()])
            request.extraWireSubjectMetadata = text
            let response = try await exchange.deposit(request)
            try await exchange.fixture.aggregate(dueBy: .never)
            #expect(exchange.fixture.gateway.transfers.map(\.metadata) == [text])
            return response
        },
        SeedRow(200, nil, "the record of the transactions known for this coin: /coin/$COIN_PUB/history") { exchange in
            let coin = try await exchange.fixture.coin()
            let request = TestPurchase().request([coin])
            #expect(try await exchange.deposit(request).status == 200)
            #expect(try await exchange.deposit(TestPurchase().request([coin])).code == 1012)
            let signature = coin.key.sign(CoinHistoryRequest(startOffset: 0))
            let response = try await exchange.get("/coin/\(coin.pub)/history", fields: ["Taler-Coin-History-Signature": "\(signature)"])
            let history: CoinHistoryResponse = try response.json().decode()
            #expect(history.denominationHash == coin.denomination.hash)
            guard case .deposit(let deposit)? = history.history.first, history.history.count == 1 else {
                Issue.record("the deposit is not in the coin's record")
                return response
            }
            #expect(deposit.coinSignature == request.coins[0].coinSignature)
            return response
        },
    ]

    /// What the request's definition forbids.
    static let refusedShapes = [
        SeedRow(400, 1209, "a wire transfer deadline of 'never' is not allowed") { exchange in
            var purchase = TestPurchase()
            purchase.wireDeadline = .never
            return try await exchange.deposit(purchase.request([try await exchange.fixture.coin()]))
        },
        SeedRow(400, 22, "merchant_sig is a member") { exchange in
            var request = TestPurchase().request([try await exchange.fixture.coin()])
            request.merchantSignature = nil
            return try await exchange.deposit(request)
        },
        SeedRow(400, 22, "extra_wire_subject_metadata must match [a-zA-Z0-9-.:]{1,40}") { exchange in
            var request = TestPurchase().request([try await exchange.fixture.coin()])
            for text in ["", "two words", "under_score", "ö", String(repeating: "m", count: 41), "a\n"] {
                request.extraWireSubjectMetadata = text
                let response = try await exchange.deposit(request)
                #expect(response.status == 400 && response.code == 22, "\(text)")
                #expect(try response.json()["field"] == "extra_wire_subject_metadata", "\(text)")
            }
            request.extraWireSubjectMetadata = "/"
            return try await exchange.deposit(request)
        },
    ]

    static let refusedSignatures = [
        SeedRow(403, 1205, "one of the signatures is invalid: coin_sig") { exchange in
            var request = TestPurchase().request([try await exchange.fixture.coin()])
            request.coins[0].coinSignature = flipped(request.coins[0].coinSignature)
            return try await exchange.deposit(request)
        },
        SeedRow(403, 1006, "one of the signatures is invalid: ub_sig") { exchange in
            let coins = try await exchange.fixture.coins([amount("0.64"), amount("0.64")])
            var request = TestPurchase().request([coins[0]])
            request.coins[0].denominationSignature = coins[1].signature.json
            return try await exchange.deposit(request)
        },
        SeedRow(403, 26, "one of the signatures is invalid: merchant_sig") { exchange in
            var request = TestPurchase().request([try await exchange.fixture.coin()])
            request.merchantSignature = EdDSAPrivateKey().sign(ContractOffer(contractHash: request.contractHash))
            return try await exchange.deposit(request)
        },
    ]
}
