// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import ExchangeFixture
import ExchangeStore
import HTTPCore
import Logging
import MerchantAPI
import MerchantBackend
import MerchantCore
import MerchantStore
import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport

/// A backend over a sandbox exchange, without a socket; the wire between them can be made to fail.
struct Merchant {
    static let token = "the-frontend's-token"
    static let secondURL = "http://second.test/"

    let exchange: Fixture
    let wire: FaultySender
    let store: MerchantStore
    let key: EdDSAPrivateKey
    let service: MerchantService
    let retries = RetryGate()
    let refundRetries = RetryGate()

    /// - Parameters:
    ///   - second: another exchange, configured.
    ///   - own: one more; it is configured only if it is among the others.
    init(
        exchange: Fixture? = nil, store: MerchantStore? = nil, key: EdDSAPrivateKey = EdDSAPrivateKey(),
        payto: String? = "payto://x-taler-bank/bank.test/shop?receiver-name=Shop", others: [AcceptedExchange] = [],
        bank: RevenueBank? = nil, second: Fixture? = nil, own: TestExchange? = nil, auditors: [AcceptedAuditor] = [],
        metrics: MerchantMetrics = MerchantMetrics(), trace: any PaymentTrace = NoTrace(),
        logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        timer: any MonotonicTimer = SystemMonotonicTimer(), pace: (inout DepositPacing) -> Void = { _ in }
    ) async throws {
        let exchange = if let exchange { exchange } else { try await Fixture() }
        self.exchange = exchange
        let store = try store ?? .inMemory()
        self.store = store
        self.key = key
        var others = others
        var handlers = [(prefix: "http://exchange.test/", handler: exchange.service.handler)]
        if let second {
            handlers.append((Self.secondURL, second.service.handler))
            others.append(AcceptedExchange(baseURL: Self.secondURL, masterPub: SharedKeys.masterPub))
        }
        if let own { handlers.append((own.baseURL, own)) }
        wire = FaultySender(InProcessSender(handlers))
        let accepted = AcceptedExchange(baseURL: "http://exchange.test/", masterPub: SharedKeys.masterPub)
        let account = try payto.map {
            try store.account(PaytoURI($0), of: key.publicKey()) { payto in
                let salt = WireSalt.random()
                return (salt, WireHash(payto: payto, salt: salt))
            }
        }
        let retries = retries
        var pacing = DepositPacing(retryDelay: { retries.delay($0) }, doubtDelay: { retries.delay($0) })
        pacing.repeatInterval = .zero
        pacing.timer = timer
        pace(&pacing)
        let policy = FetchPolicy(configured: ([accepted] + others).map(\.baseURL), hasAuditors: !auditors.isEmpty)
        let directory = ExchangeDirectory(
            ([accepted] + others).map { .init(baseURL: $0.baseURL, masterPub: $0.masterPub) },
            fetcher: KeysFetcher(
                sender: PolicedSender(wire, policy), clock: exchange.clock, currency: SharedKeys.currency,
                auditors: Dictionary(auditors.map { ($0.auditorPub, $0.name) }) { first, _ in first }), logger: logger)
        // An exchange is listed in contracts once its keys are held.
        if second != nil || own != nil { for entry in directory.entries { _ = try await directory.keys(of: entry.baseURL) } }
        let refundRetries = refundRetries
        service = MerchantService(
            identity: MerchantIdentity(
                key: key, account: account, money: MoneyRules(currency: SharedKeys.currency, smallestUnit: amount("0.01")),
                exchanges: [accepted] + others, auditors: auditors, wireTransferDelay: 3600),
            store: store, directory: directory,
            token: Self.token, sender: wire, clock: exchange.clock, logger: logger, metrics: metrics, trace: trace,
            reconciliation: try bank?.settings(payto: payto) ?? ReconciliationSettings(), pacing: pacing,
            refundDelay: { attempts, _ in refundRetries.delay(attempts) })
    }

    func send(_ method: HTTPMethod, _ target: String, _ body: JSONValue? = nil, token: String? = token) async -> Response {
        await send(method, target, raw: body?.serialized() ?? [], token: token)
    }

    func send(_ method: HTTPMethod, _ target: String, raw body: [UInt8], token: String? = token) async -> Response {
        let fields: HTTPFields = token.map { ["Authorization": "Bearer \($0)"] } ?? HTTPFields()
        guard let request = Request(method, target, fields: fields, body: body) else { return Response(status: 0) }
        return await service.handler.handle(request)
    }

    /// A contract over that price.
    func contract(_ transactionID: Int64 = 1, price: String = "0.5") async throws -> ContractResponse {
        let proposition = Propositions.make(transactionID: transactionID, price: "KUDOS:\(price)", now: exchange.clock.now())
        return try await send(.post, "/contract", ["contract": .object(proposition)]).json().decode()
    }

    /// What a wallet sends to pay with these coins, each contributing this much.
    func permission(_ contract: ContractResponse, _ coins: [(TestCoin, String)]) throws -> DepositPermission {
        let terms = try ContractTerms(contract.contract)
        let wireHash = try WireHash(json: contract.contract["H_wire"] ?? .null)
        return DepositPermission(
            wireHash: wireHash, contractHash: contract.contractHash, transactionID: terms.transactionID, timestamp: terms.timestamp,
            refundDeadline: terms.refundDeadline, mint: "http://exchange.test/",
            coins: coins.map { coin, contribution in
                let deposit = DepositRequest(
                    contractHash: contract.contractHash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: wireHash,
                    denominationHash: coin.denomination.hash, walletTimestamp: terms.timestamp, refundDeadline: terms.refundDeadline,
                    amountWithFee: amount(contribution), depositFee: coin.denomination.feeDeposit, merchantPub: key.publicKey(),
                    walletDataHash: .zero)
                return .init(
                    contribution: amount(contribution), coinPub: coin.pub, denominationPub: Base32.encode(coin.denomination.rsaPub),
                    denominationSignature: coin.signature.json["rsa_signature"] ?? .null, coinSignature: coin.key.sign(deposit))
            })
    }

    func pay(_ permission: DepositPermission) async throws -> Response {
        await send(.post, "/pay", try JSONValue(encoding: permission))
    }

    func order(_ contract: ContractResponse, wait: Bool = false) async throws -> OrderStatus {
        try await send(.get, "/order?H_contract=\(contract.contractHash)" + (wait ? "&timeout_ms=60000" : "")).json().decode()
    }
}

/// How long a backend waits before it asks again: for ever, until a test lets it.
final class RetryGate: Sendable {
    private let isOpen = Mutex(false)
    private let numbers = Mutex<[Int]>([])
    /// The numbers of attempts after which a delay was asked for.
    var asked: [Int] { numbers.withLock { $0 } }

    func delay(_ attempts: Int) -> Duration {
        numbers.withLock { $0.append(attempts) }
        return isOpen.withLock { $0 } ? .zero : .seconds(1_000_000)
    }

    func open() { isOpen.withLock { $0 = true } }
}
