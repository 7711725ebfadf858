// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
public import HTTPCore
public import TalerCrypto
public import TalerWire

extension ExchangeSetup {
    /// With the offline key: makes a signing key that ends after so many seconds, and denominations without fees, so that wallets prefer
    /// them, that can be withdrawn for as long and spent for as long again. The keys that are there stay.
    /// - Parameter seconds: 1 to a year.
    /// - Throws: ``SandboxExchangeError``, `ExchangeStoreError`: the exchange was not set up with this key, or not at all.
    public static func addExpiring(
        after seconds: Int64, _ configuration: ExchangeConfiguration, clock: any WallClock, keyBits: Int = 2048,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> SetupReport {
        let store = try ExchangeStore.openExisting(at: configuration.databasePath, currency: configuration.currency)
        guard try await store.master() != nil else { throw SandboxExchangeError.notSetUp }
        let file = MasterKeyFile(path: configuration.masterKeyPath)
        guard file.exists else { throw SandboxExchangeError.masterKeyMissing(configuration.masterKeyPath) }
        return try await ExchangeSetup(store: store, account: configuration.account, keyBits: keyBits, progress: progress)
            .addExpiring(after: seconds, with: try file.load(), at: clock.now())
    }

    /// ``addExpiring(after:_:clock:keyBits:progress:)`` with the key at hand.
    public func addExpiring(after seconds: Int64, with master: EdDSAPrivateKey, at now: Timestamp) async throws -> SetupReport {
        let masterPub: MasterPublicKey = master.publicKey()
        // Refuses another offline key.
        try await store.bind(to: masterPub)
        var schedule = schedule
        (schedule.signing, schedule.withdraw, schedule.deposit) = (seconds, seconds, seconds)
        let signer = OfflineSigner(key: master, masterPub: masterPub, store: store, schedule: schedule)
        var records = KeyRecords()
        progress("signing key that ends after \(SituationLength.text(seconds))")
        records.signingKeys = [try signer.signingKey(from: now)]
        let free = plans.map { (plan: DenominationPlan(value: $0.value, fee: .zero(store.currency)), start: now) }
        records.denominations = try await make(free, signer)
        try await store.add(records)
        return report(masterPub, KeyChange(added: records), try await store.keys(), at: now)
    }
}
