// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport

/// An exchange in which something of everything has happened, and a request of each kind that repeats it.
struct ShapeWorld {
    let exchange: LiveExchange
    let shapes: [Shape]

    init() async throws {
        exchange = try await LiveExchange()
        let fixture = exchange.fixture
        let purchase = TestPurchase()
        fixture.service.kycThreshold = amount("1")
        try await fixture.nameKey(purchase.merchant.publicKey(), of: purchase.payto, row: 1)

        let reserve = try await fixture.fundedReserve(amount("10"), row: 2)
        let planchets = [
            try TestPlanchet(try await fixture.denomination(amount("0.64"))),
            try TestPlanchet(try await fixture.denomination(amount("0.08"))),
        ]
        let withdrawal = BatchWithdrawRequest(planchets: planchets.map { $0.signed(by: reserve) })
        let withdrawn: BatchWithdrawResponse = try await exchange.post(reserve.withdrawPath, withdrawal).json().decode()
        let coins = try zip(planchets, withdrawn.envelopeSignatures).map { try $0.coin(BlindedSignature(json: $1.signature)) }
        let deposit = purchase.request(coins)
        try Self.expect(try await exchange.deposit(deposit), 200)
        let refund = purchase.refund(coins[0].pub, amount("0.2"))
        try Self.expect(try await exchange.post("/coins/\(coins[0].pub)/refund", refund), 200)
        // Above the threshold: the owner is asked, and has answered.
        var large = TestPurchase()
        large.merchant = purchase.merchant
        let refused = try await exchange.deposit(large.request([try await fixture.coin("1.28", row: 3)]))
        try Self.expect(refused, 451)
        let account = NormalizedPaytoHash(of: try PaytoURI(purchase.payto))
        let owner = "\(purchase.merchant.sign(AccountOwnerRequest()))"
        let status: KYCStatus = try await exchange.get("/kyc-check/\(account)", fields: ["Account-Owner-Signature": owner]).json().decode()
        let info = try await exchange.get("/kyc-info/\(status.accessToken)").json()
        let requirement = info["requirements"]?.arrayValue?.first?["id"]?.stringValue ?? ""
        try Self.expect(try await exchange.send(.post, "/kyc-upload/\(requirement)"), 204)
        let refresh = try await fixture.refresh(try await fixture.coin("0.64", row: 4), into: ["0.32", "0.16"])
        let hidden = try await fixture.melt(refresh)
        try Self.expect(try await exchange.post(refresh.revealPath, refresh.reveal(hiding: hidden)), 200)
        let payout = try await fixture.aggregate(dueBy: .never).paid.first
        guard let payout else { throw FixtureError.refused("nothing was paid") }

        let (reservePub, coin) = ("\(reserve.publicKey(as: ReservePublicKey.self))", "\(coins[0].pub)")
        let track = purchase.trackTarget(coins[0].pub).split(separator: "?")
        shapes = [
            Shape(name: "config", method: .get, path: ["config"], status: 200),
            Shape(
                name: "keys", method: .get, path: ["keys"], query: [("last_issue_date", "\(SharedKeys.start.seconds ?? 0)")], status: 200),
            Shape(name: "terms", method: .get, path: ["terms"], status: 200),
            Shape(name: "privacy", method: .get, path: ["privacy"], status: 200),
            Shape(name: "reserve", method: .get, path: ["reserves", reservePub], query: [("timeout_ms", "1")], status: 200),
            Shape(
                name: "reserve history", method: .get, path: ["reserves", reservePub, "history"], query: [("start", "0")],
                fields: ["Taler-Reserve-History-Signature": "\(reserve.sign(ReserveHistoryRequest(startOffset: 0)))"], status: 200),
            Shape(
                name: "withdraw", method: .post, path: ["reserves", reservePub, "batch-withdraw"],
                body: try JSONValue(encoding: withdrawal),
                status: 200),
            Shape(name: "deposit", method: .post, path: ["batch-deposit"], body: try JSONValue(encoding: deposit), status: 200),
            Shape(
                name: "deposits", method: .get, path: Self.segments(String(track[0])),
                query: [("merchant_sig", String(track[1].dropFirst("merchant_sig=".count))), ("timeout_ms", "1"), ("lpt", "2")], status: 200
            ),
            Shape(name: "transfer", method: .get, path: ["transfers", "\(payout.wireTransferID)"], status: 200),
            Shape(name: "refund", method: .post, path: ["coins", coin, "refund"], body: try JSONValue(encoding: refund), status: 200),
            Shape(
                name: "coin history", method: .get, path: ["coins", coin, "history"], query: [("start", "0")],
                fields: ["Taler-Coin-History-Signature": "\(coins[0].key.sign(CoinHistoryRequest(startOffset: 0)))"], status: 200),
            Shape(
                name: "kyc-check", method: .get, path: ["kyc-check", "\(account)"], query: [("timeout_ms", "1"), ("lpt", "3")],
                fields: ["Account-Owner-Signature": owner], status: 200),
            Shape(
                name: "melt", method: .post, path: Self.segments(refresh.meltPath), body: try JSONValue(encoding: refresh.melt()),
                status: 200
            ),
            Shape(
                name: "reveal", method: .post, path: Self.segments(refresh.revealPath),
                body: try JSONValue(encoding: refresh.reveal(hiding: hidden)), status: 200),
            Shape(name: "link", method: .get, path: ["coins", "\(refresh.coin.pub)", "link"], status: 200),
            Shape(name: "kyc-info", method: .get, path: ["kyc-info", "\(status.accessToken)"], status: 200),
            Shape(name: "kyc-upload", method: .post, path: ["kyc-upload", requirement], body: ["full_name": "Kyc Shop"], status: 409),
        ]
    }

    /// All that money has done, in a form that can be compared.
    func books() async throws -> [String] {
        var books: [String] = []
        for shape in shapes where ["reserve", "coin history", "reserve history", "transfer"].contains(shape.name) {
            books.append(try await exchange.send(.get, shape.target, fields: shape.fields).json()["balance"]?.stringValue ?? "")
        }
        let audit = try await exchange.fixture.audit()
        return books + ["\(audit)", "\(try await exchange.fixture.deposits())"]
    }

    private static func segments(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

    private static func expect(_ response: Response, _ status: Int) throws {
        guard response.status == status else { throw FixtureError.refused("\(response.status) \(response.text)") }
    }
}
