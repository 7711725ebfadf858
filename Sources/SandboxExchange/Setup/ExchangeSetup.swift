// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeStore
import Foundation
public import HTTPCore
public import TalerCrypto
public import TalerWire

/// What the offline key does: makes and signs the keys, fees and accounts that the serving process works with.
public struct ExchangeSetup: Sendable {
    let store: ExchangeStore
    let account: PaytoURI
    let schedule: KeySchedule
    let plans: [DenominationPlan]
    let keyBits: Int
    let progress: @Sendable (String) -> Void

    /// - Parameters:
    ///   - plans: nil for ``DenominationPlan/standard(_:)``.
    ///   - keyBits: of the denominations' RSA keys, 1024 to 8192.
    ///   - progress: hears what is being made, in words.
    public init(
        store: ExchangeStore, account: PaytoURI, schedule: KeySchedule = .standard, plans: [DenominationPlan]? = nil, keyBits: Int = 2048,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        self.store = store
        self.account = account
        self.schedule = schedule
        self.plans = try plans ?? DenominationPlan.standard(store.currency)
        self.keyBits = keyBits
        self.progress = progress
    }

    /// Sets the exchange up, or makes what it will need next. Running it again changes nothing that is there.
    /// - Throws: ``SandboxExchangeError``, `ExchangeStoreError`.
    public static func run(
        _ configuration: ExchangeConfiguration, clock: any WallClock, keyBits: Int = 2048,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> SetupReport {
        let store = try ExchangeStore.open(at: configuration.databasePath, currency: configuration.currency)
        let file = MasterKeyFile(path: configuration.masterKeyPath)
        let key: EdDSAPrivateKey
        if file.exists {
            key = try file.load()
        } else if try await store.master() == nil {
            progress("making the offline key")
            key = try file.create()
        } else {
            throw SandboxExchangeError.masterKeyMissing(configuration.masterKeyPath)
        }
        return try await ExchangeSetup(store: store, account: configuration.account, keyBits: keyBits, progress: progress)
            .extend(with: key, at: clock.now())
    }

    /// Makes, signs and enters what is missing now or within the schedule's lookahead.
    /// - Throws: `ExchangeStoreError`, ``SandboxExchangeError/keysDamaged(_:)`` when a new signature does not verify.
    public func extend(with master: EdDSAPrivateKey, at now: Timestamp) async throws -> SetupReport {
        let masterPub: MasterPublicKey = master.publicKey()
        try await store.bind(to: masterPub)
        let present = try await store.keys()
        let signer = OfflineSigner(key: master, masterPub: masterPub, store: store, schedule: schedule)
        var missing = KeyRecords()
        for start in periods(present.signingKeys.map(\.expire).max(), schedule.signing, now) {
            progress("signing key")
            missing.signingKeys.append(try signer.signingKey(from: start))
        }
        let wanted = plans.flatMap { plan in
            let last = present.denominations.filter { $0.revoked == nil && $0.plan == plan }.map(\.expireWithdraw).max()
            return periods(last, schedule.withdraw, now).map { (plan, $0) }
        }
        let pool = WorkerPool()
        let (bits, progress) = (keyBits, progress)
        missing.denominations = try await pool.map(wanted) { plan, start in
            let record = try signer.denomination(plan, from: start, keyBits: bits)
            progress("denomination of \(plan.value)")
            return record
        }
        if present.accounts.map(\.payto) != [account.text] {
            missing.accounts = [try signer.account(account)]
        }
        for year in Year.spanning(now, seconds: KeySchedule.year) {
            if !present.wireFees.contains(where: { $0.method == account.method && $0.start == year.start }) {
                missing.wireFees.append(try signer.wireFee(method: account.method, year))
            }
            if !present.globalFees.contains(where: { $0.fees.start == year.start }) {
                missing.globalFees.append(try signer.globalFee(year))
            }
        }
        try await store.add(missing)
        return SetupReport(
            masterPub: masterPub, newSigningKeys: missing.signingKeys.count, newDenominations: missing.denominations.count)
    }

    /// When the periods begin that are missing after the one that ends at `last`.
    private func periods(_ last: Timestamp?, _ length: Int64, _ now: Timestamp) -> [Timestamp] {
        var starts: [Timestamp] = []
        var covered = last ?? .zero
        while covered < now.advanced(bySeconds: schedule.lookahead) {
            let start = max(now, covered.advanced(bySeconds: -schedule.overlap))
            let end = start.advanced(bySeconds: length)
            guard end > covered else { break }
            starts.append(start)
            covered = end
        }
        return starts
    }
}

/// What a setup has done.
public struct SetupReport: Sendable, Equatable {
    public var masterPub: MasterPublicKey
    public var newSigningKeys: Int
    public var newDenominations: Int
}

extension DenominationRecord {
    var plan: DenominationPlan {
        var plan = DenominationPlan(value: value, fee: feeWithdraw)
        plan.feeDeposit = feeDeposit
        plan.feeRefresh = feeRefresh
        plan.feeRefund = feeRefund
        return plan
    }
}
