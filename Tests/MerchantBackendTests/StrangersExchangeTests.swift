// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import ExchangeFixture
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
import Testing
import TestSupport

/// What comes after a payment at an exchange that is not configured and that an auditor vouches for.
struct StrangersExchangeTests {
    static let url = "https://stranger.test/"
    let merchant: Merchant
    let stranger: Fixture
    let sender: AuditedSender
    /// The same shop, with an auditor.
    let service: MerchantService

    init() async throws {
        merchant = try await Merchant()
        stranger = try await Fixture()
        let clock = merchant.exchange.clock
        sender = AuditedSender(
            FaultySender(
                InProcessSender([
                    ("http://exchange.test/", merchant.exchange.service.handler), (Self.url, stranger.service.handler),
                ])), now: clock.now())
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let configured = AcceptedExchange(baseURL: "http://exchange.test/", masterPub: SharedKeys.masterPub)
        let auditor = AcceptedAuditor(name: "Auditor", url: AuditedSender.auditorURL, auditorPub: sender.auditor.publicKey())
        let account = try merchant.store.account(
            PaytoURI("payto://x-taler-bank/bank.test/shop?receiver-name=Shop"), of: merchant.key.publicKey()
        ) { payto in
            let salt = WireSalt.random()
            return (salt, WireHash(payto: payto, salt: salt))
        }
        let policed = PolicedSender(sender, FetchPolicy(configured: [configured.baseURL], hasAuditors: true))
        service = MerchantService(
            identity: MerchantIdentity(
                key: merchant.key, account: account, money: MoneyRules(currency: SharedKeys.currency, smallestUnit: amount("0.01")),
                exchanges: [configured], auditors: [auditor], wireTransferDelay: 3600),
            store: merchant.store,
            directory: ExchangeDirectory(
                [.init(baseURL: configured.baseURL, masterPub: configured.masterPub)],
                fetcher: KeysFetcher(
                    sender: policed, clock: clock, currency: SharedKeys.currency, auditors: [auditor.auditorPub: auditor.name]),
                logger: logger),
            token: Merchant.token, sender: sender, clock: clock, logger: logger, refundDelay: { _, _ in .seconds(1_000_000) })
    }

    private func send(_ method: HTTPMethod, _ target: String, _ body: JSONValue? = nil) async throws -> Response {
        let request = try #require(
            Request(method, target, fields: ["Authorization": "Bearer \(Merchant.token)"], body: body?.serialized() ?? []))
        return await service.handler.handle(request)
    }

    private func pay() async throws -> (ContractResponse, Response) {
        let contract = try await merchant.contract()
        var permission = try merchant.permission(contract, [(try await stranger.coin(), "0.5")])
        permission.coins[0].exchangeURL = Self.url
        return (contract, try await send(.post, "/pay", try JSONValue(encoding: permission)))
    }

    @Test func aRefundIsVerifiedAndGoesToAPublicAddressOnly() async throws {
        let (contract, answer) = try await pay()
        #expect(answer.status == 200)
        let list: RefundList = try await send(
            .post, "/refund", ["H_contract": contract.contractHash.json, "refund": "KUDOS:0.2", "reason": "broken"]
        ).json().decode()
        #expect(list.refunds.map(\.status) == [.accepted])
        let refunds = sender.requests.filter { $0.url.hasPrefix(Self.url) && $0.url.hasSuffix("/refund") }
        #expect(refunds.count == 1)
        #expect(refunds.allSatisfy { $0.publicAddressesOnly && $0.timeout <= FetchPolicy.strangersTime })
    }

    @Test func itsTransferIsVerified() async throws {
        let (_, answer) = try await pay()
        #expect(answer.status == 200)
        try await stranger.aggregate(dueBy: .never)
        let tracked = try await send(.get, "/track/transaction?id=1")
        #expect(tracked.status == 200, "\(tracked.text)")
    }

    @Test func whatItAsksOfTheOwnerIsLookedUpAtAPublicAddressOnly() async throws {
        let account = try PaytoURI("payto://x-taler-bank/bank.test/shop?receiver-name=Shop")
        sender.wire.plan(
            .instead(
                Response(
                    status: 451,
                    json: ["code": 1028, "hint": "KYC", "h_payto": NormalizedPaytoHash(of: account).json, "requirement_row": 5])))
        #expect(try await pay().1.status == 451)
        #expect(try await send(.get, "/status").status == 200)
        let checks = sender.requests.filter { $0.url.contains("/kyc-check/") }
        #expect(checks.count == 1)
        #expect(checks.allSatisfy { $0.publicAddressesOnly })
    }

    /// Nobody's word for an exchange lasts longer than the configuration.
    @Test func anExchangeThatNobodyVouchesForAnyMoreIsNotAsked() async throws {
        let (contract, answer) = try await pay()
        #expect(answer.status == 200)
        // The shop without the auditor.
        let later = await merchant.send(
            .post, "/refund", ["H_contract": contract.contractHash.json, "refund": "KUDOS:0.2", "reason": "broken"])
        let list: RefundList = try later.json().decode()
        #expect(list.refunds.map(\.status) == [.open])
        #expect(merchant.wire.count(containing: "stranger.test") == 0)
    }
}

/// Puts an auditor's signatures into the answers of `/keys`, and remembers what was asked.
final class AuditedSender: Sender {
    static let auditorURL = "https://auditor.test/"
    let auditor = EdDSAPrivateKey()
    let wire: FaultySender
    private let now: Timestamp
    private let all = Mutex<[OutgoingRequest]>([])
    var requests: [OutgoingRequest] { all.withLock { $0 } }

    init(_ wire: FaultySender, now: Timestamp) {
        self.wire = wire
        self.now = now
    }

    func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        all.withLock { $0.append(request) }
        let answer = try await wire.send(request)
        guard request.url.hasSuffix("/keys"), let audited = try? audited(answer) else { return answer }
        return audited
    }

    private func audited(_ answer: Response) throws -> Response {
        var keys: ExchangeKeysResponse = try answer.json().decode()
        let verified = try VerifiedKeys(verifying: keys, master: SharedKeys.masterPub, currency: SharedKeys.currency, now: now)
        keys.auditors = [
            AuditorEntry(
                auditorPub: auditor.publicKey(), auditorURL: Self.auditorURL,
                denominationKeys: verified.denominations.values.map { denomination in
                    AuditorDenominationKey(
                        denominationHash: denomination.hash,
                        auditorSignature: auditor.sign(
                            AuditorDenominationValidity(
                                auditorURLHash: HashCode(ofText: Self.auditorURL), masterPub: SharedKeys.masterPub,
                                start: denomination.start, expireWithdraw: denomination.expireWithdraw,
                                expireDeposit: denomination.expireDeposit, expireLegal: denomination.expireLegal,
                                value: denomination.value, feeWithdraw: denomination.feeWithdraw, feeDeposit: denomination.feeDeposit,
                                feeRefresh: denomination.feeRefresh, feeRefund: denomination.feeRefund,
                                denominationHash: denomination.hash)))
                })
        ]
        return Response(json: try JSONValue(encoding: keys))
    }
}
