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

/// What customers and merchants ask an exchange, over whatever way leads to it.
struct Till: Sendable {
    let requests: ExchangeRequests
    let sender: any Sender

    init(baseURL: String = "http://exchange.test/", sender: any Sender) {
        requests = ExchangeRequests(baseURL: baseURL)
        self.sender = sender
    }

    init(_ exchange: ExchangeService) { self.init(sender: InProcessSender([("http://exchange.test/", exchange.handler)])) }

    static func planchets(_ values: [Amount]) async throws -> [TestPlanchet] {
        let known = try await SharedKeys.records.denominations
        return try values.map { value in
            guard let denomination = known.first(where: { $0.value == value }) else { throw FixtureError.noDenomination(value) }
            return try TestPlanchet(denomination)
        }
    }

    func withdraw(_ planchets: [TestPlanchet], from reserve: EdDSAPrivateKey) async throws -> Response {
        let batch = BatchWithdrawRequest(planchets: planchets.map { $0.signed(by: reserve) })
        return try await sender.send(requests.batchWithdraw(reserve.publicKey(), batch))
    }

    /// Nil when they were refused.
    func coins(_ planchets: [TestPlanchet], from reserve: EdDSAPrivateKey) async throws -> [TestCoin]? {
        let response = try await withdraw(planchets, from: reserve)
        guard response.status == 200 else { return nil }
        let answer: BatchWithdrawResponse = try response.json().decode()
        return try zip(planchets, answer.envelopeSignatures).map { planchet, signature in
            try planchet.coin(try BlindedSignature(json: signature.signature))
        }
    }

    func coins(_ values: [Amount], from reserve: EdDSAPrivateKey) async throws -> [TestCoin] {
        guard let coins = try await coins(Self.planchets(values), from: reserve) else { throw FixtureError.refused("no coins") }
        return coins
    }

    /// A refresh of the coin into fresh ones of these values, not begun.
    static func refresh(_ coin: TestCoin, into values: [Amount], melting amount: Amount? = nil) async throws -> TestRefresh {
        try TestRefresh(coin, into: try await planchets(values).map(\.denomination), melting: amount)
    }

    func melt(_ refresh: TestRefresh) async throws -> Response { try await sender.send(requests.melt(refresh.coin.pub, refresh.melt())) }

    /// The fresh coins; nil when the melt was refused.
    func coins(_ refresh: TestRefresh) async throws -> [TestCoin]? {
        let melted = try await melt(refresh)
        guard melted.status == 200 else { return nil }
        let promise: CoinMeltResponse = try melted.json().decode()
        let hidden = Int(promise.noRevealIndex)
        let response = try await sender.send(requests.reveal(refresh.commitment, refresh.reveal(hiding: hidden)))
        guard response.status == 200 else { throw FixtureError.refused("not revealed") }
        return try refresh.coins(hiding: hidden, try response.json().decode())
    }

    func deposit(_ request: BatchDepositRequest) async throws -> Response { try await sender.send(requests.batchDeposit(request)) }

    func refund(_ coin: CoinPublicKey, _ request: CoinRefundRequest) async throws -> Response {
        try await sender.send(requests.refund(coin, request))
    }
}
