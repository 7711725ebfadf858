// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import TalerCrypto
import TalerWire

/// An exchange whose keys the tests have, so that it signs whatever they want. Its denominations' keys are recorded ones.
struct OwnExchange {
    let master = EdDSAPrivateKey()
    let signer = EdDSAPrivateKey()
    let auditor = EdDSAPrivateKey()
    let currency: Currency
    let now: Timestamp
    let account: PaytoURI
    let merchantPub: MerchantPublicKey
    private let recorded: ExchangeKeysResponse
    var signerExpires: Timestamp
    /// How many of the recorded denominations it has.
    var denominationCount = 2
    var depositsExpire: Timestamp
    /// Denominations, counted from the first, that the auditor vouches for.
    var auditedCount = 0
    var version = "23:0:6"

    init() throws {
        let recording = try RecordedExchange()
        recorded = try recording.keysJSON.decode()
        currency = recording.currency
        now = recording.now
        account = try PaytoURI("payto://x-taler-bank/bank.test/shop?receiver-name=Shop")
        merchantPub = EdDSAPrivateKey().publicKey()
        signerExpires = now.advanced(bySeconds: 30 * 86_400)
        depositsExpire = now.advanced(bySeconds: 400 * 86_400)
    }

    var masterPub: MasterPublicKey { master.publicKey() }
    var auditorPub: AuditorPublicKey { auditor.publicKey() }
    var signerPub: ExchangePublicKey { signer.publicKey() }

    /// The hashes of the denominations in their order.
    var denominationHashes: [DenominationHash] {
        get throws {
            try groups.flatMap { group in
                try group.denominations.map { DenominationHash(of: try DenominationPublicKey(.rsa, base32: $0.rsaPub ?? "")) }
            }
        }
    }

    /// One denomination a group.
    private var groups: [DenominationGroup] {
        recorded.denominations.filter { $0.cipher == "RSA" }.prefix(denominationCount).map { group in
            var group = group
            group.denominations = Array(group.denominations.prefix(1))
            return group
        }
    }

    /// The body of its `/keys`.
    func keys() throws -> ExchangeKeysResponse {
        var keys = recorded
        keys.version = version
        keys.masterPublicKey = masterPub
        let end = signerExpires.advanced(bySeconds: 365 * 86_400)
        let validity = SigningKeyValidity(start: .zero, expire: signerExpires, end: end, signingKey: signerPub)
        keys.signKeys = [
            SigningKeyEntry(start: .zero, expire: signerExpires, end: end, key: signerPub, masterSignature: master.sign(validity))
        ]
        keys.accounts = []
        keys.globalFees = []
        keys.wireFees = keys.wireFees.mapValues { fees in
            fees.map { fee in
                var fee = fee
                fee.signature = master.sign(
                    WireFeeValidity(
                        wireMethodHash: HashCode(ofText: "x-taler-bank"), start: fee.start, end: fee.end, wireFee: fee.wireFee,
                        closingFee: fee.closingFee))
                return fee
            }
        }
        var audited: [AuditorDenominationKey] = []
        keys.denominations = try groups.map { group in
            var group = group
            group.denominations = try group.denominations.map { entry in
                var entry = entry
                entry.expireDeposit = depositsExpire
                let validity = DenominationValidity(
                    masterPub: masterPub, start: entry.start, expireWithdraw: entry.expireWithdraw, expireDeposit: entry.expireDeposit,
                    expireLegal: entry.expireLegal, value: group.value, feeWithdraw: group.feeWithdraw, feeDeposit: group.feeDeposit,
                    feeRefresh: group.feeRefresh, feeRefund: group.feeRefund,
                    denominationHash: DenominationHash(of: try DenominationPublicKey(.rsa, base32: entry.rsaPub ?? "")))
                entry.masterSignature = master.sign(validity)
                if audited.count < auditedCount { audited.append(vouch(for: validity)) }
                return entry
            }
            return group
        }
        keys.auditors = [
            AuditorEntry(auditorPub: auditorPub, auditorURL: Self.auditorURL, denominationKeys: audited)
        ]
        keys.exchangePub = signerPub
        keys.exchangeSignature = signer.sign(
            KeySet(
                listIssueDate: keys.listIssueDate,
                denominationsHash: HashCode(ofSignatures: keys.denominations.flatMap { $0.denominations.map(\.masterSignature) })))
        return keys
    }

    static let auditorURL = "https://auditor.test/"

    private func vouch(for denomination: DenominationValidity) -> AuditorDenominationKey {
        let validity = AuditorDenominationValidity(
            auditorURLHash: HashCode(ofText: Self.auditorURL), masterPub: masterPub, start: denomination.start,
            expireWithdraw: denomination.expireWithdraw, expireDeposit: denomination.expireDeposit, expireLegal: denomination.expireLegal,
            value: denomination.value, feeWithdraw: denomination.feeWithdraw, feeDeposit: denomination.feeDeposit,
            feeRefresh: denomination.feeRefresh, feeRefund: denomination.feeRefund, denominationHash: denomination.denominationHash)
        return AuditorDenominationKey(denominationHash: denomination.denominationHash, auditorSignature: auditor.sign(validity))
    }

    /// A transfer of two deposits of 1 KUDOS less fees, changed, then signed, then verified.
    func check(_ change: (inout TransferDetails) throws -> Void) throws {
        let keys = try VerifiedKeys(verifying: keys(), master: masterPub, currency: currency, now: now)
        let cent = try Amount("KUDOS:0.01")
        let deposits = try (0..<2).map { index in
            TransferDeposit(
                contractHash: .zero, coinPub: try CoinPublicKey([UInt8](repeating: UInt8(index), count: 32)),
                depositValue: try Amount("KUDOS:1"), depositFee: cent)
        }
        var details = TransferDetails(
            total: try Amount("KUDOS:1.97"), wireFee: cent, merchantPub: merchantPub, paytoHash: PaytoHash(of: account),
            executionTime: now, deposits: deposits, exchangePub: signerPub, exchangeSignature: .zero)
        try change(&details)
        let time = details.executionTime
        let blocks = details.deposits.map {
            WireDepositDetail(
                contractHash: $0.contractHash, executionTime: time, coinPub: $0.coinPub, depositValue: $0.depositValue,
                depositFee: $0.depositFee)
        }
        details.exchangeSignature = signer.sign(
            WireDepositData(
                total: details.total, wireFee: details.wireFee, merchantPub: details.merchantPub, paytoHash: details.paytoHash,
                detailsHash: HashCode(ofDetails: blocks)))
        try TransferVerification.check(details, account: account, merchantPub: merchantPub, keys: keys, now: now)
    }
}
