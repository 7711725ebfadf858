// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import GRDB
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport

/// A deposit that breaks the rules of some rows of the table of checks, and none of the others.
struct ViolatingDeposit {
    let exchange: LiveExchange
    let path: String
    let rows: Set<Violation>
    private var fixture: Fixture { exchange.fixture }

    /// - Parameter path: of the exchange's database.
    init(_ rows: Set<Violation>, at exchange: LiveExchange, path: String) {
        (self.rows, self.exchange, self.path) = (rows, exchange, path)
    }

    func send() async throws -> Response {
        var purchase = TestPurchase()
        let coin = try await coin(purchase)
        if rows.contains(.wireNever) { purchase.wireDeadline = .never }
        if rows.contains(.refundAfterWire) { purchase.refundDeadline = purchase.wireDeadline.advanced(bySeconds: 1) }
        if rows.contains(.account) { purchase.payto = "payto://x-taler-bank/bank.test/shop" }
        if rows.contains(.policy) { purchase.policy = ["type": "merchant_refund"] }
        var request = purchase.request(coin, contribution(of: coin))
        spoil(&request)
        // Only now: what was made ready must get through.
        if rows.contains(.kyc) { fixture.service.kycThreshold = amount("0") }
        if rows.contains(.expired) { fixture.clock.advance(bySeconds: 3 * 365 * 86_400) }
        if rows.contains(.revoked) {
            _ = try await fixture.store.revoke(coin.denomination.hash, at: fixture.clock.now())
            try await fixture.service.reloadKeys()
        }
        if rows.contains(.brokenBooks) { try breakBooks() }
        var json = try JSONValue(encoding: request).objectValue ?? [:]
        if rows.contains(.shape) { json["h_contract_terms"] = "00" }
        return try await exchange.post("/batch-deposit", JSONValue.object(json))
    }

    private func contribution(of coin: ChosenCoin) -> Amount {
        if rows.contains(.aboveValue) { return amount("4") }
        return amount(rows.contains(.belowFee) ? "0.005" : "0.2")
    }

    /// The coin that will pay, and what was done with it or its contract before.
    private func coin(_ purchase: TestPurchase) async throws -> ChosenCoin {
        let plain = try await fixture.denomination(amount("0.64"))
        let age: AgeCommitmentHash? = rows.contains(.otherAge) ? .random() : nil
        var key = EdDSAPrivateKey()
        if rows.contains(.otherDenomination) || rows.contains(.otherAge) {
            let value = amount(rows.contains(.otherDenomination) ? "1.28" : "0.64")
            let known = try await ChosenCoin(fixture, try await fixture.denomination(value), key: key, age: age, row: 1)
            try await accept(TestPurchase().request(known, amount("0.1")))
        }
        let coin = try await ChosenCoin(fixture, plain, key: key, row: 2)
        if rows.contains(.otherContract) {
            var other = purchase
            other.timestamp = purchase.timestamp.advanced(bySeconds: 1)
            try await accept(other.request(try await ChosenCoin(fixture, plain, row: 3), amount("0.64")))
        }
        if rows.contains(.insufficientFunds) { try await accept(TestPurchase().request(coin, amount("0.5"))) }
        guard rows.contains(.future) else { return coin }
        key = coin.key
        return ChosenCoin(key: key, denomination: try await fixture.denomination(SharedKeys.futureValue), signature: coin.signature)
    }

    private func spoil(_ request: inout BatchDepositRequest) {
        if rows.contains(.merchantSignature) { request.merchantSignature = request.merchantSignature.map(flipped) }
        guard var coin = request.coins.first else { return }
        if rows.contains(.unknownDenomination) { coin.denominationHash = .random() }
        if rows.contains(.otherCipher) {
            coin.denominationSignature =
                DenominationSignature.clauseSchnorr(r: [UInt8](repeating: 1, count: 32), s: [UInt8](repeating: 2, count: 32)).json
        } else if rows.contains(.denominationSignature) {
            coin.denominationSignature = DenominationSignature.rsa([UInt8](repeating: 7, count: 256)).json
        }
        if rows.contains(.coinSignature) { coin.coinSignature = flipped(coin.coinSignature) }
        request.coins = [coin]
        if rows.contains(.coinCount) {
            request.coins = (0..<257).map { _ in
                var other = coin
                other.coinPub = .random()
                return other
            }
        }
    }

    private func accept(_ request: BatchDepositRequest) async throws {
        let response = try await exchange.deposit(request)
        guard response.status == 200 else { throw FixtureError.refused(response.text) }
    }

    /// Lets every entry of a deposited coin fail from now on.
    private func breakBooks() throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(
                sql: "CREATE TRIGGER broken BEFORE INSERT ON deposit_coin BEGIN SELECT RAISE(ABORT, 'broken'); END")
        }
        try queue.close()
    }
}

extension ChosenCoin {
    /// One that no exchange has signed, or another than the denomination's.
    init(key: EdDSAPrivateKey, denomination: DenominationRecord, signature: DenominationSignature) {
        (self.key, self.denomination, self.signature, age) = (key, denomination, signature, nil)
    }
}
