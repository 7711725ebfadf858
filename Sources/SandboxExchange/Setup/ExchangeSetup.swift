// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeStore
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

    /// Makes, signs and enters what is missing now or within the schedule's lookahead.
    /// - Throws: `ExchangeStoreError`, ``SandboxExchangeError/keysDamaged(_:)`` when a new signature does not verify.
    public func extend(with master: EdDSAPrivateKey, at now: Timestamp) async throws -> SetupReport {
        try await carryOut(with: master, at: now) { _ in Revocation() }
    }

    /// Takes keys out of use for good, together with making what is missing without them.
    /// - Throws: `ExchangeStoreError`; ``SandboxExchangeError/nothingToRevoke`` when there is no such key that is still of use.
    public func revoke(
        _ choice: RevocationChoice, with master: EdDSAPrivateKey, at now: Timestamp
    ) async throws -> SetupReport {
        try await carryOut(with: master, at: now) { present in
            let revocation = choice.found(in: present, at: now)
            guard !revocation.isEmpty else { throw SandboxExchangeError.nothingToRevoke }
            return revocation
        }
    }

    /// Makes one signing key, or one denomination of each plan, or both, that begin at `start` and last as long as the schedule says,
    /// whatever is there already. Of several signing keys that are valid the one that began last is used.
    /// - Throws: as ``extend(with:at:)``.
    public func issue(
        signingKey: Bool = true, denominations: Bool = true, with master: EdDSAPrivateKey, from start: Timestamp
    ) async throws -> SetupReport {
        let masterPub: MasterPublicKey = master.publicKey()
        try await store.bind(to: masterPub)
        let signer = OfflineSigner(key: master, masterPub: masterPub, store: store, schedule: schedule)
        let wanted = denominations ? plans.map { (plan: $0, start: start) } : []
        let made = KeyRecords(
            signingKeys: signingKey ? [try signer.signingKey(from: start)] : [], denominations: try await make(wanted, signer))
        try await store.add(made)
        return report(masterPub, KeyChange(added: made), try await store.keys(), at: start)
    }

    private func carryOut(
        with master: EdDSAPrivateKey, at now: Timestamp, _ choose: (KeyRecords) throws -> Revocation
    ) async throws -> SetupReport {
        let masterPub: MasterPublicKey = master.publicKey()
        try await store.bind(to: masterPub)
        let signer = OfflineSigner(key: master, masterPub: masterPub, store: store, schedule: schedule)
        while true {
            // Before the keys are read: a change in between is seen when the new ones are entered.
            let generation = try await store.keyGeneration()
            var present = try await store.keys()
            let revocation = try choose(present)
            present.remove(revocation)
            var change = KeyChange(
                revokedDenominations: try revocation.denominations.reduce(into: [:]) { $0[$1] = try signer.revocation(of: $1) },
                revokedSigningKeys: try revocation.signingKeys.reduce(into: [:]) { $0[$1] = try signer.revocation(of: $1) })
            change.added = try await make(KeyPlan(schedule: schedule, plans: plans, account: account, present: present, now: now), signer)
            if try await store.change(change, at: now, ifStill: generation) {
                return report(masterPub, change, present.joined(with: change.added), at: now)
            }
            progress("another process has changed the keys meanwhile: once more")
        }
    }

    private func make(_ plan: KeyPlan, _ signer: OfflineSigner) async throws -> KeyRecords {
        var made = KeyRecords()
        for start in plan.missingSigningKeys {
            progress("signing key")
            made.signingKeys.append(try signer.signingKey(from: start))
        }
        made.denominations = try await make(plan.missingDenominations, signer)
        if let account = plan.missingAccount { made.accounts = [try signer.account(account)] }
        made.wireFees = try plan.missingWireFees.map { try signer.wireFee(method: account.method, $0) }
        made.globalFees = try plan.missingGlobalFees.map { try signer.globalFee($0) }
        return made
    }

    func make(
        _ wanted: [(plan: DenominationPlan, start: Timestamp)], _ signer: OfflineSigner
    ) async throws -> [DenominationRecord] {
        let (bits, progress) = (keyBits, progress)
        return try await WorkerPool().map(wanted) { wanted in
            let record = try signer.denomination(wanted.plan, from: wanted.start, keyBits: bits)
            progress("denomination of \(wanted.plan.value)")
            return record
        }
    }

    func report(
        _ masterPub: MasterPublicKey, _ change: KeyChange, _ present: KeyRecords, at now: Timestamp
    ) -> SetupReport {
        SetupReport(
            masterPub: masterPub, newSigningKeys: change.added.signingKeys.count, newDenominations: change.added.denominations.count,
            revokedSigningKeys: change.revokedSigningKeys.count, revokedDenominations: change.revokedDenominations.count,
            nextDue: KeyPlan(schedule: schedule, plans: plans, account: account, present: present, now: now).nextDue)
    }
}

extension KeyRecords {
    fileprivate mutating func remove(_ revocation: Revocation) {
        signingKeys.removeAll { revocation.signingKeys.contains($0.key) }
        denominations.removeAll { revocation.denominations.contains($0.hash) }
    }

    fileprivate func joined(with other: KeyRecords) -> KeyRecords {
        KeyRecords(
            signingKeys: signingKeys + other.signingKeys, denominations: denominations + other.denominations,
            accounts: other.accounts.isEmpty ? accounts : other.accounts, wireFees: wireFees + other.wireFees,
            globalFees: globalFees + other.globalFees)
    }
}
