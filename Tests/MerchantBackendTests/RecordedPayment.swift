// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import Logging
import MerchantBackend
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire
import TestSupport
import TestVectors

/// A backend that holds an intent with the request of a recorded deposit, and has yet to carry it out.
struct RecordedPayment {
    static let url = "http://recorded.test/"

    let request: BatchDepositRequest
    let wire: FaultySender
    let store: MerchantStore
    let service: MerchantService
    let intent: StoredIntent

    /// - Parameters:
    ///   - path: of the deposit, in the folder of transcripts.
    ///   - answers: transcripts of what else the exchange answers; the path of the URL must be the recorded one, query included.
    ///   - merchant: the merchant's key, where it is known.
    init(_ path: String, protocolVersion: Int, fees: [String], answers: [String], merchant: EdDSAPrivateKey = EdDSAPrivateKey())
        async throws
    {
        let deposit = try Transcript.json(path)
        let body = deposit["request"]?["body"] ?? .null
        let request: BatchDepositRequest = try body.decode()
        self.request = request
        let handler = RecordedConversations(try [deposit] + answers.map(Transcript.json))
        let keysPath = protocolVersion == 14 ? "protocol14/keys" : "protocol23/02-keys"
        let master = try Transcript.json(keysPath)["response"]?["body"]?["master_public_key"]
        let accepted = AcceptedExchange(baseURL: Self.url, masterPub: try MasterPublicKey(json: master ?? .null))
        let clock = FixedClock(request.timestamp.advanced(bySeconds: 6))
        let currency = try Currency("KUDOS")
        wire = FaultySender(InProcessSender([(Self.url, handler)]))
        let store = try MerchantStore.inMemory()
        self.store = store
        let account = try store.account(PaytoURI(request.merchantPaytoURI), of: request.merchantPub) { payto in
            (request.wireSalt, WireHash(payto: payto, salt: request.wireSalt))
        }
        let proposition = try Proposition(
            .object(Propositions.make(price: "KUDOS:0.05", now: clock.now())),
            money: MoneyRules(currency: currency, smallestUnit: Amount("KUDOS:0.01")), merchant: request.merchantPub, now: clock.now())
        let terms = try ContractTerms(proposition, merchant: request.merchantPub, wireHash: account.wireHash, mints: [], auditors: [])
        let offer = try await store.recordOffer(
            terms, hash: request.contractHash, signature: request.merchantSignature ?? .zero,
            proposition: HashCode(ofJSON: .object(proposition.json)), account: account, now: clock.now())
        guard case .stored(let contract) = offer else { throw MerchantStoreError.corrupt("contract") }
        let coins = CoinSet(request.coins.map { ($0.coinPub, $0.contribution) })
        let new = NewIntent(
            coinSet: coins.fingerprint, exchangeURL: Self.url, protocolVersion: protocolVersion, request: body,
            coins: try zip(request.coins, fees).map { coin, fee in
                .init(coinPub: coin.coinPub, contribution: coin.contribution, depositFee: try Amount("KUDOS:\(fee)"))
            })
        intent = try await store.record(
            NewPermission(coinSet: coins, intents: [new]), for: contract, after: store.progress(of: contract),
            wireDeadline: request.wireTransferDeadline, now: clock.now()
        ).get()[0]
        let never: @Sendable (Int) -> Duration = { _ in .seconds(1_000_000) }
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        service = MerchantService(
            identity: MerchantIdentity(
                key: merchant, account: account, money: MoneyRules(currency: currency, smallestUnit: try Amount("KUDOS:0.01")),
                exchanges: [accepted], auditors: [], wireTransferDelay: 3600),
            store: store,
            directory: ExchangeDirectory(
                [.init(baseURL: Self.url, masterPub: accepted.masterPub)],
                fetcher: KeysFetcher(sender: wire, clock: clock, currency: currency), logger: logger),
            token: "token", sender: wire, clock: clock, logger: logger, pacing: DepositPacing(retryDelay: never, doubtDelay: never))
    }

    /// One attempt.
    /// - Returns: what it came to.
    func attempt() async throws -> StoredIntent {
        _ = try await service.depositor.resume()
        try await eventually { try await store.intent(id: intent.id).attempts > intent.attempts }
        await service.stop()
        return try await store.intent(id: intent.id)
    }
}

/// Answers as a real exchange did, to its very requests.
private struct RecordedConversations: Handler {
    private let calls: [(method: String, target: String, body: JSONValue, response: Response)]

    init(_ transcripts: [JSONValue]) {
        calls = transcripts.map { json in
            let url = json["request"]?["path"]?.stringValue ?? json["request"]?["url"]?.stringValue ?? ""
            let target = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst(url.hasPrefix("http") ? 2 : 0)
            return (
                json["request"]?["method"]?.stringValue ?? "", "/" + target.joined(separator: "/"), json["request"]?["body"] ?? .null,
                Response(status: Int(json["response"]?["status"]?.integerValue ?? 0), json: json["response"]?["body"] ?? .null)
            )
        }
    }

    func handle(_ request: Request) async -> Response {
        let query = request.query["merchant_sig"].map { "?merchant_sig=\($0)" } ?? ""
        let target = "/" + request.path.joined(separator: "/") + query
        let body = request.body.isEmpty ? JSONValue.null : (try? request.json()) ?? .null
        let call = calls.first { $0.method == request.method.rawValue && $0.target == target && $0.body == body }
        return call?.response ?? Response(status: 500, json: ["code": 1])
    }
}
