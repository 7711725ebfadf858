// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import ExchangeFixture
import ExchangeStore
import HTTPCore
import MerchantCore
import Synchronization
import TalerCrypto
import TalerWire

/// An exchange whose keys the tests have. It takes whatever coins are signed well, and speaks in the layouts of its protocol.
final class TestExchange: Handler {
    static let auditorURL = "https://auditor.test/"
    static let fee = amount("0.01")
    private static let start = SharedKeys.start
    private static let end = SharedKeys.start.advanced(bySeconds: 400 * 86_400)

    struct Denomination {
        let key: DenominationPublicKey
        let value: Amount
        var isAudited = false

        var hash: DenominationHash { DenominationHash(of: key) }
    }

    let baseURL: String
    let version: String
    let denominations: [Denomination]
    let account: String
    let transactionBaseURL: String?
    let master = EdDSAPrivateKey()
    let signer = EdDSAPrivateKey()
    let auditor = EdDSAPrivateKey()
    private let taken = Mutex<[BatchDepositRequest]>([])

    init(
        _ baseURL: String, version: String = "23:0:6", denominations: [Denomination], account: String = SharedKeys.account.text,
        transactionBaseURL: String? = nil
    ) {
        self.baseURL = baseURL
        self.version = version
        self.denominations = denominations
        self.account = account
        self.transactionBaseURL = transactionBaseURL
    }

    var masterPub: MasterPublicKey { master.publicKey() }
    var accepted: AcceptedExchange { AcceptedExchange(baseURL: baseURL, masterPub: masterPub) }
    var acceptedAuditor: AcceptedAuditor { AcceptedAuditor(name: "Auditor", url: Self.auditorURL, auditorPub: auditor.publicKey()) }
    /// What it took, in order, each once.
    var deposits: [BatchDepositRequest] { taken.withLock { $0 } }
    private var isOld: Bool { version.hasPrefix("14:") }

    func handle(_ request: Request) async -> Response {
        do {
            switch (request.method, request.path) {
            case (.get, ["keys"]): return Response(json: isOld ? try keys14() : try JSONValue(encoding: keys()))
            case (.get, ["wire"]) where isOld: return Response(json: try wire14())
            case (.post, let path) where path.last == "batch-deposit": return try take(request)
            case (.get, let path) where path.first == "deposits" && path.count == 5: return try wired(path)
            case (.post, let path) where path.first == "coins": return try giveBack(request)
            default: return Response(status: 404, json: ["code": 21])
            }
        } catch { return Response(status: 400, json: ["code": 22, "detail": .string("\(error)")]) }
    }

    // MARK: Deposits

    private func take(_ request: Request) throws -> Response {
        let request: BatchDepositRequest = try request.message()
        for coin in request.coins where !isSigned(coin, request) { return Response(status: 403, json: ["code": 1205]) }
        taken.withLock { taken in if !taken.contains(request) { taken.append(request) } }
        return try .json(confirmation(of: request))
    }

    private func isSigned(_ coin: BatchDepositCoin, _ request: BatchDepositRequest) -> Bool {
        guard let denomination = denominations.first(where: { $0.hash == coin.denominationHash }),
            let signature = try? DenominationSignature(json: coin.denominationSignature),
            signature.isValid(for: CoinPublicKeyHash(of: coin.coinPub), by: denomination.key),
            let payto = try? PaytoURI(request.merchantPaytoURI)
        else { return false }
        let wireHash = WireHash(payto: payto, salt: request.wireSalt)
        if isOld {
            return DepositRequest14(
                contractHash: request.contractHash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: wireHash,
                denominationHash: denomination.hash, walletTimestamp: request.timestamp, refundDeadline: request.refundDeadline ?? .zero,
                amountWithFee: coin.contribution, depositFee: Self.fee, merchantPub: request.merchantPub
            ).isValid(coin.coinSignature, by: coin.coinPub)
        }
        return DepositRequest(
            contractHash: request.contractHash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: wireHash,
            denominationHash: denomination.hash, walletTimestamp: request.timestamp, refundDeadline: request.refundDeadline ?? .zero,
            amountWithFee: coin.contribution, depositFee: Self.fee, merchantPub: request.merchantPub, walletDataHash: .zero
        ).isValid(coin.coinSignature, by: coin.coinPub)
    }

    private func confirmation(of request: BatchDepositRequest) throws -> DepositSuccess {
        let wireHash = WireHash(payto: try PaytoURI(request.merchantPaytoURI), salt: request.wireSalt)
        let now = Self.start.advanced(bySeconds: 3600)
        let amounts = try request.coins.map { try $0.contribution.subtracting(Self.fee) }
        var success = DepositSuccess(
            transactionBaseURL: transactionBaseURL, exchangeTimestamp: now, exchangePub: signer.publicKey(), exchangeSignature: nil)
        if isOld {
            success.exchangeSignatures = zip(request.coins, amounts).map { coin, amount in
                .init(
                    exchangeSignature: signer.sign(
                        DepositConfirmation14(
                            contractHash: request.contractHash, wireHash: wireHash, policyHash: .zero, exchangeTimestamp: now,
                            wireDeadline: request.wireTransferDeadline, refundDeadline: request.refundDeadline ?? .zero,
                            amountWithoutFee: amount, coinPub: coin.coinPub, merchantPub: request.merchantPub)))
            }
        } else {
            success.exchangeSignature = signer.sign(
                DepositConfirmation(
                    contractHash: request.contractHash, wireHash: wireHash, policyHash: .zero, exchangeTimestamp: now,
                    wireDeadline: request.wireTransferDeadline, refundDeadline: request.refundDeadline ?? .zero,
                    totalWithoutFee: try Amount.sum(amounts, in: SharedKeys.currency),
                    coinSignaturesHash: HashCode(ofSignatures: request.coins.map(\.coinSignature)), merchantPub: request.merchantPub))
        }
        return success
    }

    /// Every coin that it took was wired, at once.
    private func wired(_ path: [String]) throws -> Response {
        let coinPub = try CoinPublicKey(base32: path[4])
        let coin = deposits.filter { "\($0.contractHash)" == path[3] }.flatMap(\.coins).first { $0.coinPub == coinPub }
        guard let coin else { return Response(status: 404, json: ["code": 1100]) }
        var wired = DepositWired(
            wireTransferID: try WireTransferID([UInt8](repeating: 7, count: 32)), executionTime: Self.start.advanced(bySeconds: 1800),
            coinContribution: try coin.contribution.subtracting(Self.fee), exchangePub: signer.publicKey(), exchangeSignature: .zero)
        wired.exchangeSignature = signer.sign(
            WireConfirmation(
                wireHash: try WireHash(base32: path[1]), contractHash: try ContractHash(base32: path[3]),
                wireTransferID: wired.wireTransferID, coinPub: coinPub, executionTime: wired.executionTime,
                coinContribution: wired.coinContribution))
        return try .json(wired)
    }

    private func giveBack(_ request: Request) throws -> Response {
        let order: CoinRefundRequest = try request.message()
        let coin = try CoinPublicKey(base32: request.path.dropFirst().first ?? "")
        let confirmation = RefundConfirmation(
            contractHash: order.contractHash, coinPub: coin, merchantPub: order.merchantPub,
            refundTransactionID: order.refundTransactionID, refundAmount: order.refundAmount)
        return try .json(CoinRefundResponse(exchangePub: signer.publicKey(), exchangeSignature: signer.sign(confirmation)))
    }

    // MARK: Keys

    private var signingKeys: [SigningKeyEntry] {
        let validity = SigningKeyValidity(start: Self.start, expire: Self.end, end: Self.end, signingKey: signer.publicKey())
        return [
            SigningKeyEntry(
                start: Self.start, expire: Self.end, end: Self.end, key: signer.publicKey(), masterSignature: master.sign(validity))
        ]
    }

    private func validity(_ denomination: Denomination) -> DenominationValidity {
        DenominationValidity(
            masterPub: masterPub, start: Self.start, expireWithdraw: Self.end, expireDeposit: Self.end, expireLegal: Self.end,
            value: denomination.value, feeWithdraw: Self.fee, feeDeposit: Self.fee, feeRefresh: Self.fee, feeRefund: Self.fee,
            denominationHash: denomination.hash)
    }

    private var auditors: [AuditorEntry] {
        let keys = denominations.filter(\.isAudited).map { denomination in
            AuditorDenominationKey(
                denominationHash: denomination.hash,
                auditorSignature: auditor.sign(
                    AuditorDenominationValidity(
                        auditorURLHash: HashCode(ofText: Self.auditorURL), masterPub: masterPub, start: Self.start,
                        expireWithdraw: Self.end,
                        expireDeposit: Self.end, expireLegal: Self.end, value: denomination.value, feeWithdraw: Self.fee,
                        feeDeposit: Self.fee, feeRefresh: Self.fee, feeRefund: Self.fee, denominationHash: denomination.hash)))
        }
        return [AuditorEntry(auditorPub: auditor.publicKey(), auditorURL: Self.auditorURL, denominationKeys: keys)]
    }

    private var wireFees: [String: [WireFee]] {
        let validity = WireFeeValidity(
            wireMethodHash: HashCode(ofText: "x-taler-bank"), start: Self.start, end: Self.end, wireFee: Self.fee, closingFee: Self.fee)
        return [
            "x-taler-bank": [
                WireFee(wireFee: Self.fee, closingFee: Self.fee, start: Self.start, end: Self.end, signature: master.sign(validity))
            ]
        ]
    }

    private func keys() throws -> ExchangeKeysResponse {
        let groups = denominations.map { denomination in
            let isRSA = denomination.key.cipher == .rsa
            return DenominationGroup(
                cipher: isRSA ? "RSA" : "CS", value: denomination.value, feeWithdraw: Self.fee, feeDeposit: Self.fee,
                feeRefresh: Self.fee, feeRefund: Self.fee,
                denominations: [
                    DenominationEntry(
                        start: Self.start, expireWithdraw: Self.end, expireDeposit: Self.end, expireLegal: Self.end,
                        masterSignature: master.sign(validity(denomination)), rsaPub: isRSA ? denomination.key.base32 : nil,
                        csPub: isRSA ? nil : denomination.key.base32)
                ])
        }
        let paytoHash = try PaytoHash(HashCode(ofText: account).bytes.prefix(PaytoHash.byteCount))
        let accountValidity = WireAccountValidity(
            paytoHash: paytoHash, conversionURLHash: .zero, debitRestrictionsHash: try HashCode(ofJSON: []),
            creditRestrictionsHash: try HashCode(ofJSON: []))
        let list = HashCode(ofSignatures: groups.flatMap { $0.denominations.map(\.masterSignature) })
        return ExchangeKeysResponse(
            version: version, baseURL: baseURL, currency: SharedKeys.currency.text, masterPublicKey: masterPub,
            reserveClosingDelay: .forever, signKeys: signingKeys,
            accounts: [
                WireAccount(paytoURI: account, creditRestrictions: [], debitRestrictions: [], masterSignature: master.sign(accountValidity))
            ],
            wireFees: wireFees, denominations: groups, auditors: auditors, globalFees: [], listIssueDate: Self.start,
            exchangePub: signer.publicKey(),
            exchangeSignature: signer.sign(KeySet(listIssueDate: Self.start, denominationsHash: list)))
    }

    private func keys14() throws -> JSONValue {
        let fee = Self.fee.json
        let entries = denominations.map { denomination -> JSONValue in
            [
                "master_sig": master.sign(validity(denomination)).json, "stamp_start": Self.start.json,
                "stamp_expire_withdraw": Self.end.json, "stamp_expire_deposit": Self.end.json, "stamp_expire_legal": Self.end.json,
                "denom_pub": ["cipher": "RSA", "age_mask": 0, "rsa_public_key": .string(denomination.key.base32)],
                "value": denomination.value.json, "fee_withdraw": fee, "fee_deposit": fee, "fee_refresh": fee, "fee_refund": fee,
            ]
        }
        let list = KeySet(listIssueDate: Self.start, denominationsHash: HashCode(ofDenominations: denominations.map(\.hash)))
        return [
            "version": .string(version), "base_url": .string(baseURL), "currency": .string(SharedKeys.currency.text),
            "master_public_key": masterPub.json, "signkeys": try JSONValue(encoding: signingKeys), "recoup": [], "denoms": .array(entries),
            "auditors": try JSONValue(encoding: auditors), "list_issue_date": Self.start.json,
            "eddsa_pub": signer.publicKey(as: ExchangePublicKey.self).json, "eddsa_sig": signer.sign(list).json,
        ]
    }

    private func wire14() throws -> JSONValue {
        let hash = try PaytoHash(HashCode(ofText: account).bytes.prefix(PaytoHash.byteCount))
        return [
            "accounts": [
                ["payto_uri": .string(account), "master_sig": master.sign(WireAccountValidity14(paytoHash: hash)).json]
            ],
            "fees": try JSONValue(encoding: wireFees), "master_public_key": masterPub.json,
        ]
    }
}
