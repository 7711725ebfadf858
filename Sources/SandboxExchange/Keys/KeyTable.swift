// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// All keys of one moment, checked down to the offline key.
struct KeyTable: Sendable {
    let master: MasterPublicKey
    var signers: [OnlineSigner]
    /// By value, then by start.
    var denominations: [Denomination] {
        didSet { index = Self.index(denominations) }
    }
    let accounts: [WireAccountRecord]
    let wireFees: [WireFeeRecord]
    let globalFees: [GlobalFeeRecord]
    /// The wire methods of ``accounts``.
    let methods: Set<String>
    private var index: [DenominationHash: Int]

    /// - Throws: ``SandboxExchangeError/keysDamaged(_:)``.
    init(_ records: KeyRecords, master: MasterPublicKey) throws {
        self.master = master
        signers = try records.signingKeys.map { try OnlineSigner($0, master: master) }
        denominations = try records.denominations.map { try Denomination($0, master: master) }
        index = Self.index(denominations)
        var methods: Set<String> = []
        for account in records.accounts {
            let payto = try PaytoURI(account.payto)
            guard try WireAccountRecord.validity(payto).isValid(account.masterSignature, by: master) else {
                throw SandboxExchangeError.keysDamaged("an account")
            }
            methods.insert(payto.method)
        }
        for fee in records.wireFees where !fee.validity.isValid(fee.masterSignature, by: master) {
            throw SandboxExchangeError.keysDamaged("a wire fee")
        }
        for fee in records.globalFees where !fee.fees.isValid(fee.masterSignature, by: master) {
            throw SandboxExchangeError.keysDamaged("a global fee")
        }
        accounts = records.accounts
        wireFees = records.wireFees
        globalFees = records.globalFees
        self.methods = methods
    }

    private static func index(_ denominations: [Denomination]) -> [DenominationHash: Int] {
        Dictionary(denominations.enumerated().map { ($0.element.terms.hash, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(_ hash: DenominationHash) -> Denomination? { index[hash].map { denominations[$0] } }

    /// The signing key that has begun last and is neither expired nor revoked.
    /// - Throws: 503 / 1007 when there is none.
    func signer(at now: Timestamp) throws(APIError) -> OnlineSigner {
        let valid = signers.filter { $0.isValid(at: now) }
        guard let signer = valid.max(by: { $0.terms.start < $1.terms.start }) else { throw APIError(.exchangeGenericKeysMissing) }
        return signer
    }

    /// When something that clients should know begins or ends next; `.never` when nothing does.
    func nextChange(after now: Timestamp) -> Timestamp {
        let signing = signers.map(\.terms).filter { $0.revoked == nil }.flatMap { [$0.start, $0.expire] }
        let coins = denominations.map(\.terms).filter { $0.revoked == nil }.flatMap { [$0.start, $0.expireWithdraw, $0.expireDeposit] }
        let fees = wireFees.flatMap { [$0.start, $0.end] } + globalFees.flatMap { [$0.fees.start, $0.fees.end] }
        return (signing + coins + fees).filter { $0 > now }.min() ?? .never
    }

    /// What a transfer by that method costs now; nil when no fee was signed for this time.
    func wireFee(for method: String, at now: Timestamp) -> Amount? {
        wireFees.first { $0.method == method && $0.start <= now && now < $0.end }?.wireFee
    }
}
