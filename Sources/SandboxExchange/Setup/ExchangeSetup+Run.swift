// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
public import HTTPCore
public import TalerCrypto

extension ExchangeSetup {
    /// Sets the exchange up, or makes what it will need next. Running it again changes nothing that is there.
    /// - Parameter keyBits: of the denominations' RSA keys; nil for the configuration's.
    /// - Throws: ``SandboxExchangeError``, `ExchangeStoreError`.
    public static func run(
        _ configuration: ExchangeConfiguration, clock: any WallClock, keyBits: Int? = nil,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> SetupReport {
        let (setup, key) = try await open(configuration, mayMakeKey: true, keyBits: keyBits, progress: progress)
        return try await setup.extend(with: key, at: clock.now())
    }

    /// The exchange's books and its offline key, as the configuration says.
    /// - Parameters:
    ///   - mayMakeKey: what is not there is made: the books, and a fresh key for books that belong to no offline key yet.
    ///   - keyBits: of the denominations' RSA keys; nil for the configuration's.
    ///   - progress: hears what is being made, in words.
    /// - Throws: ``SandboxExchangeError``, `ExchangeStoreError`.
    public static func open(
        _ configuration: ExchangeConfiguration, mayMakeKey: Bool = false, keyBits: Int? = nil,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> (setup: ExchangeSetup, key: EdDSAPrivateKey) {
        let (path, currency) = (configuration.databasePath, configuration.currency)
        let store = try mayMakeKey ? ExchangeStore.open(at: path, currency: currency) : .openExisting(at: path, currency: currency)
        let file = MasterKeyFile(path: configuration.masterKeyPath)
        let key: EdDSAPrivateKey
        if file.exists {
            key = try file.load()
        } else if try await store.master() == nil, mayMakeKey {
            progress("making the offline key")
            key = try file.create()
        } else {
            throw SandboxExchangeError.masterKeyMissing(configuration.masterKeyPath)
        }
        let setup = try ExchangeSetup(
            store: store, account: configuration.account, schedule: configuration.keySchedule,
            keyBits: keyBits ?? configuration.denominationKeyBits, progress: progress)
        return (setup, key)
    }
}
