// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
package import ExchangeAPI
package import ExchangeStore
import Foundation
package import HTTPCore
import Logging
package import SandboxExchange
package import TalerCrypto
package import TalerWire
package import TestSupport

/// An exchange with fresh books and the shared keys.
package struct Fixture {
    package let store: ExchangeStore
    package let service: ExchangeService
    package let clock: FixedClock
    package let gateway = FakeGateway()

    /// - Parameters:
    ///   - path: a database file instead of memory.
    ///   - clock: what the service reads instead of the fixture's own.
    ///   - situations: what it does wrong when it is told to.
    package init(path: String? = nil, clock other: (any WallClock)? = nil, situations: Situations? = nil) async throws {
        let clock = FixedClock(SharedKeys.start.advanced(bySeconds: 3600))
        let store =
            try path.map { try ExchangeStore.open(at: $0, currency: SharedKeys.currency) } ?? .inMemory(currency: SharedKeys.currency)
        try await store.bind(to: SharedKeys.masterPub)
        try await store.add(try await SharedKeys.records)
        self.store = store
        self.clock = clock
        service = try await ExchangeService(
            configuration: Self.configuration(), store: store, sender: InProcessSender([("http://bank.test/", gateway)]),
            clock: other ?? clock, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), situations: situations)
    }

    package static func configuration(folder: String = "") -> ExchangeConfiguration {
        ExchangeConfiguration(
            baseURL: "http://exchange.test", currency: SharedKeys.currency, account: SharedKeys.account,
            databasePath: folder + "/exchange.sqlite", masterKeyPath: folder + "/master.key",
            wireGateway: WireGatewayAccess(
                baseURL: "http://bank.test", credentials: BankCredentials(username: "exchange", password: "secret")))
    }

    package func get(_ target: String, fields: HTTPFields = HTTPFields()) async -> Response {
        await handle(Request(.get, target, fields: fields))
    }

    package func post(_ target: String, _ message: some Encodable) async throws -> Response {
        await post(target, body: try JSONValue(encoding: message).serialized())
    }

    package func post(_ target: String, body: [UInt8]) async -> Response { await handle(Request(.post, target, body: body)) }

    private func handle(_ request: Request?) async -> Response {
        guard let request else { return Response(status: 0) }
        return await service.handler.handle(request)
    }

    /// The denomination of that value.
    package func denomination(_ value: Amount) async throws -> DenominationRecord {
        let found = try await SharedKeys.records.denominations.first { $0.value == value }
        guard let found else { throw FixtureError.noDenomination(value) }
        return found
    }

    /// A reserve with money in it.
    package func fundedReserve(_ amount: Amount, row: Int64 = 1) async throws -> EdDSAPrivateKey {
        let key = EdDSAPrivateKey()
        let credit = ReserveCredit(
            bankRow: row, reserve: key.publicKey(), amount: amount, origin: "payto://x-taler-bank/bank.test/alice?receiver-name=Alice",
            date: clock.now())
        _ = try await store.record([credit], account: "test", cursor: row)
        return key
    }

    /// Coins of these values, withdrawn over HTTP from a fresh reserve.
    package func coins(_ values: [Amount], row: Int64 = 1) async throws -> [TestCoin] {
        let reserve = try await fundedReserve(amount("1000"), row: row)
        var planchets: [TestPlanchet] = []
        for value in values { planchets.append(try TestPlanchet(try await denomination(value))) }
        let request = BatchWithdrawRequest(planchets: planchets.map { $0.signed(by: reserve) })
        let response = try await post(reserve.withdrawPath, request)
        guard response.status == 200 else { throw FixtureError.refused(response.text) }
        let answer: BatchWithdrawResponse = try response.json().decode()
        return try zip(planchets, answer.envelopeSignatures).map { planchet, signature in
            try planchet.coin(try BlindedSignature(json: signature.signature))
        }
    }

    package func coin(_ value: String = "0.64", row: Int64 = 1) async throws -> TestCoin {
        guard let coin = try await coins([amount(value)], row: row).first else { throw FixtureError.refused("no coin") }
        return coin
    }

    package func deposit(_ request: BatchDepositRequest) async throws -> Response { try await post("/batch-deposit", request) }

    /// One round of payouts, now; with `.never`, of everything whatever its deadline.
    @discardableResult
    package func aggregate(dueBy time: Timestamp? = nil) async throws -> PayoutReport {
        try await service.aggregateOnce(dueBy: time)
    }

    /// Every deposit, of one contract if it is given.
    package func deposits(for contract: ContractHash? = nil) async throws -> [DepositRecord] {
        try await store.deposits(for: contract)
    }

    /// The books added up again and compared with the bank.
    package func audit() async throws -> ExchangeAudit { try await service.audit() }

    /// An account names the key of its merchant, and the exchange hears of it.
    package func nameKey(_ key: MerchantPublicKey, of payto: String, row: Int64) async throws {
        gateway.add(.accountKey(key, of: payto, row: row))
        try await service.readBankOnce()
    }

    package func refund(_ coin: CoinPublicKey, _ request: CoinRefundRequest) async throws -> Response {
        try await post("/coins/\(coin)/refund", request)
    }
}

package enum FixtureError: Error {
    case noDenomination(Amount)
    case refused(String)
}

extension EdDSAPrivateKey {
    package var withdrawPath: String { "/reserves/\(publicKey(as: ReservePublicKey.self))/batch-withdraw" }
}

extension Response {
    package var text: String { String(decoding: body, as: UTF8.self) }
    package var code: Int? { (try? json())?["code"]?.integerValue.map(Int.init) }

    package func member<Value: JSONRepresentable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        try Value(json: try json()[name] ?? .null)
    }
}

/// A folder that is removed when the last reference goes.
package final class ScratchFolder {
    package let path = NSTemporaryDirectory() + "exchange-test-\(UUID().uuidString)"
    package init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
}
