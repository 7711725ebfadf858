// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import HTTPCore
import MerchantAPI
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport

/// A shop that is its own backend: signs contracts, deposits at the exchange, leads to a page for who has paid and has its cookie.
final class TestShop: Handler {
    struct Terms: Sendable {
        var price = amount("1")
        var maximumFee = amount("0.1")
        /// Seconds from now.
        var expiry: Int64 = 3600
        var mints: [JSONValue] = [["url": .string(World.exchangeURL), "master_pub": WorldKeys.masterPub.json]]
        var payURL = "/taler/pay?order=7"
        /// False: every visit gets the same contract.
        var isFresh = true
        /// Changes the contract before it is hashed and signed.
        var change: @Sendable (inout JSONObject) -> Void = { _ in }
        /// Changes the answer after that.
        var tamper: @Sendable (inout JSONObject) -> Void = { _ in }
        /// Answers instead of depositing.
        var payAnswer: Response?
        /// Where success leads to.
        var location = "/fulfillment/7"
    }

    private struct State {
        var terms = Terms()
        var number: Int64 = 0
        var contract: JSONValue?
        var hashes: Set<ContractHash> = []
        var permissions: [DepositPermission] = []
        var payRequests: [Request] = []
        var contractRequests: [Request] = []
        var refunds = RefundList(refundAmount: amount("0"), givenAmount: amount("0"), failedAmount: amount("0"), refunds: [])
    }

    private let key = EdDSAPrivateKey()
    private let payto = "payto://x-taler-bank/bank.test/shop?receiver-name=Shop"
    private let salt = WireSalt.random()
    private let exchange: any Handler
    private let clock: FixedClock
    private let state = Mutex(State())

    init(exchange: any Handler, clock: FixedClock) {
        self.exchange = exchange
        self.clock = clock
    }

    func set(_ change: @Sendable (inout Terms) -> Void) { state.withLock { change(&$0.terms) } }

    var permissions: [DepositPermission] { state.withLock { $0.permissions } }
    var payRequests: [Request] { state.withLock { $0.payRequests } }
    var contractRequests: [Request] { state.withLock { $0.contractRequests } }

    func handle(_ request: Request) async -> Response {
        do {
            switch (request.method, request.path.joined(separator: "/")) {
            case (.get, "taler/contract"): return try offer(request)
            case (.post, "taler/pay"): return try await pay(request)
            case (.get, "fulfillment/7"):
                guard request.cookies["session"] == "abc" else { return Response(status: 403) }
                var page = Response(type: "text/html", text: "<html><title>Thank you &amp; enjoy</title>The essay</html>")
                page.fields["Link"] = "</style.css>; rel=stylesheet, </taler/refund?order=7>; rel=\"taler-refund\""
                return page
            case (.get, "taler/refund"): return Response(json: try JSONValue(encoding: state.withLock { $0.refunds }))
            case (.get, ""): return Response(type: "text/html", text: "<a href=\"/about\">About</a> <a href=\"/product/essay\">Essay</a>")
            case (.get, "product/essay"): return Response(type: "text/html", text: "<html>The essay, in short</html>")
            case (.get, "moved"): return Response(status: 302, fields: ["Location": "fulfillment/7"])
            default: return Response(status: 404)
            }
        } catch { return Response(status: 599, type: "text/plain", text: "\(error)") }
    }

    private func offer(_ request: Request) throws -> Response {
        let (contract, terms) = try state.withLock { state in
            state.contractRequests.append(request)
            if let contract = state.contract, !state.terms.isFresh { return (contract, state.terms) }
            state.number += 1
            let contract = try self.contract(state.terms, state.number, request)
            state.contract = contract
            state.hashes.insert(try ContractHash(of: contract))
            return (contract, state.terms)
        }
        let hash = try ContractHash(of: contract)
        var answer: JSONObject = [
            "contract": contract, "sig": key.sign(ContractOffer(contractHash: hash)).json, "H_contract": hash.json,
            "pay_url": .string(terms.payURL), "exec_url": "/taler/execute",
        ]
        terms.tamper(&answer)
        var response = Response(json: .object(answer))
        response.fields["Set-Cookie"] = "session=abc; Path=/; HttpOnly"
        return response
    }

    var refunds: RefundList { state.withLock { $0.refunds } }

    /// Changes the list before it is shown.
    func setRefunds(_ change: @Sendable (inout RefundList) -> Void) { state.withLock { change(&$0.refunds) } }

    /// Gives something back of a coin that has paid, at the exchange, and shows it in the list.
    func giveBack(_ refund: Amount, of coin: CoinPublicKey, for permission: DepositPermission, number: UInt64 = 1) async throws {
        let merchant: MerchantPublicKey = key.publicKey()
        let statement = RefundRequest(
            contractHash: permission.contractHash, coinPub: coin, refundTransactionID: number, refundAmount: refund)
        let order = CoinRefundRequest(
            refundAmount: refund, contractHash: permission.contractHash, merchantPub: merchant, refundTransactionID: number,
            merchantSignature: key.sign(statement))
        guard let request = Request(.post, "/coins/\(coin)/refund", body: try JSONValue(encoding: order).serialized()) else { return }
        let answer = await exchange.handle(request)
        guard answer.status == 200 else { throw JSONError(reason: String(decoding: answer.body, as: UTF8.self)) }
        let word = try answer.json().decode(as: CoinRefundResponse.self)
        var part = RefundList.Part(
            coinPub: coin, exchangeURL: World.exchangeURL, refundAmount: refund, refundTransactionID: number, status: .accepted,
            origin: "shop")
        part.exchangePub = word.exchangePub
        part.exchangeSignature = word.exchangeSignature
        state.withLock { [part] state in
            state.refunds.refunds.append(part)
            state.refunds.merchantPub = merchant
            state.refunds.contractHash = permission.contractHash
        }
    }

    private func contract(_ terms: Terms, _ number: Int64, _ request: Request) throws -> JSONValue {
        let price = try request.query["amount"].map { try Amount($0) } ?? terms.price
        var contract: JSONObject = [
            "amount": price.classicJSON, "max_fee": terms.maximumFee.classicJSON, "transaction_id": .integer(number),
            "products": [["description": "An essay", "price": price.classicJSON]],
            "timestamp": clock.now().classicJSON, "refund_deadline": clock.now().advanced(bySeconds: 86_400).classicJSON,
            "expiry": clock.now().advanced(bySeconds: terms.expiry).classicJSON, "merchant": ["name": "Test \u{1B}[2J Shop"],
            "locations": [:], "merchant_pub": key.publicKey(as: MerchantPublicKey.self).json,
            "H_wire": WireHash(payto: try PaytoURI(payto), salt: salt).json, "mints": .array(terms.mints), "auditors": [],
        ]
        terms.change(&contract)
        return .object(contract)
    }

    /// Passes the coins on as a backend would; the exchange checks every signature.
    private func pay(_ request: Request) async throws -> Response {
        let permission = try request.message(DepositPermission.self)
        let (isKnown, terms) = state.withLock { state in
            state.payRequests.append(request)
            state.permissions.append(permission)
            return (state.hashes.contains(permission.contractHash), state.terms)
        }
        if let answer = terms.payAnswer { return answer }
        guard isKnown else {
            return Response(status: 404, json: ["code": 2005, "hint": "unknown"])
        }
        let deposit = BatchDepositRequest(
            merchantPaytoURI: payto, wireSalt: salt, merchantPub: key.publicKey(),
            merchantSignature: key.sign(ContractOffer(contractHash: permission.contractHash)), contractHash: permission.contractHash,
            coins: try permission.coins.map { coin in
                let key = try DenominationPublicKey(.rsa, base32: coin.denominationPub ?? "")
                return BatchDepositCoin(
                    coinPub: coin.coinPub, denominationHash: key.hash(),
                    denominationSignature: ["cipher": "RSA", "rsa_signature": coin.denominationSignature],
                    contribution: coin.contribution.amount, coinSignature: coin.coinSignature)
            },
            timestamp: permission.timestamp.time, refundDeadline: permission.refundDeadline.time,
            wireTransferDeadline: permission.timestamp.time.advanced(bySeconds: 864_000))
        guard let forward = Request(.post, "/batch-deposit", body: try JSONValue(encoding: deposit).serialized()) else {
            return Response(status: 500)
        }
        let answer = await exchange.handle(forward)
        guard answer.status == 200 else { return answer }
        return Response(status: 301, fields: ["Location": terms.location, "Set-Cookie": "session=abc; Path=/; HttpOnly"])
    }
}
