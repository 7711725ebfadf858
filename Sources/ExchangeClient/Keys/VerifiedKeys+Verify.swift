// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
import TalerCrypto
public import TalerWire

extension VerifiedKeys {
    /// Checks every signature of a `/keys` answer: signing keys, accounts, wire fees, global fees, denominations, and the list itself.
    /// - Parameters:
    ///   - master: the key that the owner configured; there is no trust on first use.
    ///   - auditors: whose signatures are checked and kept.
    /// - Throws: ``KeysError``.
    public init(
        verifying keys: ExchangeKeysResponse, master: MasterPublicKey, currency: Currency, auditors: [AuditorPublicKey: String] = [:],
        now: Timestamp
    ) throws(KeysError) {
        guard let version = ProtocolVersion(keys.version), version.common != nil else { throw .version(keys.version) }
        guard keys.masterPublicKey == master else { throw .otherMasterKey(keys.masterPublicKey.base32) }
        guard keys.currency == currency.text else { throw .otherCurrency(keys.currency) }
        for key in keys.signKeys {
            let validity = SigningKeyValidity(start: key.start, expire: key.expire, end: key.end, signingKey: key.key)
            guard validity.isValid(key.masterSignature, by: master) else { throw .signature("signing key \(key.key)") }
        }
        try Self.checkAccounts(keys.accounts, master)
        try Self.checkFees(keys, master)
        let revoked = Set((keys.recoup ?? []).map(\.denominationHash))
        var denominations: [DenominationHash: Denomination] = [:]
        var masterSignatures: [EdDSASignature] = []
        for group in keys.denominations {
            for entry in group.denominations {
                let denomination = try Denomination(entry, of: group, revoked: revoked)
                guard denomination.validity(master).isValid(entry.masterSignature, by: master) else {
                    throw .signature("denomination \(denomination.hash)")
                }
                denominations[denomination.hash] = denomination
                masterSignatures.append(entry.masterSignature)
            }
        }
        guard keys.signKeys.contains(where: { $0.key == keys.exchangePub && $0.start <= now && now < $0.expire }) else { throw .signingKey }
        let list = KeySet(listIssueDate: keys.listIssueDate, denominationsHash: HashCode(ofSignatures: masterSignatures))
        guard list.isValid(keys.exchangeSignature, by: keys.exchangePub) else { throw .signature("the list") }

        masterPub = master
        self.currency = currency
        self.version = version
        listIssueDate = keys.listIssueDate
        signingKeys = keys.signKeys
        self.denominations = denominations
        accounts = keys.accounts
        wireFees = keys.wireFees
        audited = Self.audited(keys.auditors, auditors, denominations, master)
    }

    private static func checkAccounts(_ accounts: [WireAccount], _ master: MasterPublicKey) throws(KeysError) {
        for account in accounts {
            let validity: WireAccountValidity
            do {
                validity = WireAccountValidity(
                    paytoHash: try PaytoHash(HashCode(ofText: account.paytoURI).bytes.prefix(PaytoHash.byteCount)),
                    conversionURLHash: account.conversionURL.map { HashCode(ofText: $0) } ?? .zero,
                    debitRestrictionsHash: try HashCode(ofJSON: .array(account.debitRestrictions)),
                    creditRestrictionsHash: try HashCode(ofJSON: .array(account.creditRestrictions)))
            } catch { throw .malformed("\(error)") }
            guard validity.isValid(account.masterSignature, by: master) else { throw .signature("account \(account.paytoURI)") }
        }
    }

    private static func checkFees(_ keys: ExchangeKeysResponse, _ master: MasterPublicKey) throws(KeysError) {
        for (method, fees) in keys.wireFees {
            for fee in fees {
                let validity = WireFeeValidity(
                    wireMethodHash: HashCode(ofText: method), start: fee.start, end: fee.end, wireFee: fee.wireFee,
                    closingFee: fee.closingFee)
                guard validity.isValid(fee.signature, by: master) else { throw .signature("wire fee of \(method)") }
            }
        }
        for fee in keys.globalFees {
            let validity = GlobalFeeValidity(
                start: fee.start, end: fee.end, purseTimeout: fee.purseTimeout, historyExpiration: fee.historyExpiration,
                historyFee: fee.historyFee, accountFee: fee.accountFee, purseFee: fee.purseFee, purseAccountLimit: fee.purseAccountLimit)
            guard validity.isValid(fee.masterSignature, by: master) else { throw .signature("global fees") }
        }
    }

    private static func audited(
        _ entries: [AuditorEntry], _ known: [AuditorPublicKey: String], _ denominations: [DenominationHash: Denomination],
        _ master: MasterPublicKey
    ) -> [AuditorPublicKey: Set<DenominationHash>] {
        var audited: [AuditorPublicKey: Set<DenominationHash>] = [:]
        for entry in entries where known[entry.auditorPub] != nil {
            for key in entry.denominationKeys {
                guard let denomination = denominations[key.denominationHash] else { continue }
                let validity = AuditorDenominationValidity(
                    auditorURLHash: HashCode(ofText: entry.auditorURL), masterPub: master, start: denomination.start,
                    expireWithdraw: denomination.expireWithdraw, expireDeposit: denomination.expireDeposit,
                    expireLegal: denomination.expireLegal, value: denomination.value, feeWithdraw: denomination.feeWithdraw,
                    feeDeposit: denomination.feeDeposit, feeRefresh: denomination.feeRefresh, feeRefund: denomination.feeRefund,
                    denominationHash: denomination.hash)
                if validity.isValid(key.auditorSignature, by: entry.auditorPub) {
                    audited[entry.auditorPub, default: []].insert(denomination.hash)
                }
            }
        }
        return audited
    }
}

extension Denomination {
    init(_ entry: DenominationEntry, of group: DenominationGroup, revoked: Set<DenominationHash>) throws(KeysError) {
        let cipher = group.cipher.lowercased()
        let ageMask = cipher.hasSuffix("+age_restricted") ? group.ageMask ?? 0 : 0
        do {
            switch cipher {
            case "rsa", "rsa+age_restricted":
                guard let text = entry.rsaPub else { throw KeysError.malformed("rsa_pub is missing") }
                publicKey = try DenominationPublicKey(.rsa, base32: text)
            case "cs", "cs+age_restricted":
                guard let text = entry.csPub else { throw KeysError.malformed("cs_pub is missing") }
                publicKey = try DenominationPublicKey(.clauseSchnorr, base32: text)
            default: throw KeysError.malformed("the cipher \(group.cipher) is not known")
            }
        } catch let error as KeysError { throw error } catch { throw .malformed("a denomination's key: \(error)") }
        hash = DenominationHash(of: publicKey, ageMask: ageMask)
        self.ageMask = ageMask
        value = group.value
        feeWithdraw = group.feeWithdraw
        feeDeposit = group.feeDeposit
        feeRefresh = group.feeRefresh
        feeRefund = group.feeRefund
        start = entry.start
        expireWithdraw = entry.expireWithdraw
        expireDeposit = entry.expireDeposit
        expireLegal = entry.expireLegal
        masterSignature = entry.masterSignature
        isLost = entry.isLost ?? false
        isRevoked = revoked.contains(hash)
    }

    func validity(_ master: MasterPublicKey) -> DenominationValidity {
        DenominationValidity(
            masterPub: master, start: start, expireWithdraw: expireWithdraw, expireDeposit: expireDeposit, expireLegal: expireLegal,
            value: value, feeWithdraw: feeWithdraw, feeDeposit: feeDeposit, feeRefresh: feeRefresh, feeRefund: feeRefund,
            denominationHash: hash)
    }
}
