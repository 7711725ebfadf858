// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import TalerCrypto
import TalerWire

/// Makes signed records with the offline key, and checks each signature before it is used.
struct OfflineSigner: Sendable {
    let key: EdDSAPrivateKey
    let masterPub: MasterPublicKey
    let currency: Currency
    let schedule: KeySchedule

    init(key: EdDSAPrivateKey, masterPub: MasterPublicKey, store: ExchangeStore, schedule: KeySchedule) {
        self.key = key
        self.masterPub = masterPub
        currency = store.currency
        self.schedule = schedule
    }

    func signingKey(from start: Timestamp) throws -> SigningKeyRecord {
        let online = EdDSAPrivateKey()
        let expire = start.advanced(bySeconds: schedule.signing)
        let end = expire.advanced(bySeconds: schedule.evidence)
        let validity = SigningKeyValidity(start: start, expire: expire, end: end, signingKey: online.publicKey())
        return SigningKeyRecord(
            key: validity.signingKey, secret: StoredSecret(online.exportedSeed()), start: start, expire: expire, end: end,
            masterSignature: try sign(validity))
    }

    func denomination(_ plan: DenominationPlan, from start: Timestamp, keyBits: Int) throws -> DenominationRecord {
        let rsa = try DenominationPrivateKey(bits: keyBits)
        let expireWithdraw = start.advanced(bySeconds: schedule.withdraw)
        let expireDeposit = expireWithdraw.advanced(bySeconds: schedule.deposit)
        var record = DenominationRecord(
            hash: rsa.publicKey.hash(), rsaPub: rsa.publicKey.encoded, secret: StoredSecret(rsa.exported()), start: start,
            expireWithdraw: expireWithdraw, expireDeposit: expireDeposit,
            expireLegal: max(expireDeposit, start.advanced(bySeconds: schedule.legal)), value: plan.value, feeWithdraw: plan.feeWithdraw,
            feeDeposit: plan.feeDeposit, feeRefresh: plan.feeRefresh, feeRefund: plan.feeRefund, masterSignature: .zero)
        record.masterSignature = try sign(record.validity(masterPub))
        return record
    }

    func account(_ payto: PaytoURI) throws -> WireAccountRecord {
        WireAccountRecord(payto: payto.text, masterSignature: try sign(try WireAccountRecord.validity(payto)))
    }

    func wireFee(method: String, _ year: Year) throws -> WireFeeRecord {
        let cent = try WireUnit.smallest(currency)
        var record = WireFeeRecord(
            method: method, start: year.start, end: year.end, wireFee: cent, closingFee: cent, masterSignature: .zero)
        record.masterSignature = try sign(record.validity)
        return record
    }

    func globalFee(_ year: Year) throws -> GlobalFeeRecord {
        let zero = Amount.zero(currency)
        let fees = GlobalFeeValidity(
            start: year.start, end: year.end, purseTimeout: RelativeTime(seconds: 3600),
            historyExpiration: RelativeTime(seconds: 31_536_000),
            historyFee: zero, accountFee: zero, purseFee: zero, purseAccountLimit: 5)
        return GlobalFeeRecord(fees: fees, masterSignature: try sign(fees))
    }

    func revocation(of denomination: DenominationHash) throws -> EdDSASignature {
        try sign(DenominationRevocation(denominationHash: denomination))
    }

    func revocation(of signingKey: ExchangePublicKey) throws -> EdDSASignature { try sign(SigningKeyRevocation(signingKey: signingKey)) }

    private func sign(_ structure: some SignedStruct) throws -> EdDSASignature {
        let signature = key.sign(structure)
        guard structure.isValid(signature, by: masterPub) else {
            throw SandboxExchangeError.keysDamaged("a structure of purpose \(type(of: structure).purpose.rawValue)")
        }
        return signature
    }
}
