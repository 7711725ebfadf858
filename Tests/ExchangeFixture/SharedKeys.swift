// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

package import ExchangeStore
import HTTPCore
import SandboxExchange
package import TalerCrypto
package import TalerWire

/// One set of 2048-bit keys for all tests of the process.
package enum SharedKeys {
    package static let currency = must { try Currency("KUDOS") }
    /// When the keys begin.
    package static let start = must { try Timestamp(seconds: 1_795_000_000) }
    package static let account = must { try PaytoURI("payto://x-taler-bank/bank.test/exchange?receiver-name=Exchange") }
    package static let master = EdDSAPrivateKey()
    package static let masterPub: MasterPublicKey = master.publicKey()
    /// A value that is offered only from 100 days after ``start``.
    package static let futureValue = amount("3.33")

    private static let task = Task {
        let store = try ExchangeStore.inMemory(currency: currency)
        var schedule = KeySchedule.standard
        // Longer than any denomination, so that tests can outlive those.
        schedule.signing = 20 * 365 * 86_400
        _ = try await ExchangeSetup(store: store, account: account, schedule: schedule).extend(with: master, at: start)
        let future = [DenominationPlan(value: futureValue, fee: amount("0.01"))]
        _ = try await ExchangeSetup(store: store, account: account, schedule: schedule, plans: future)
            .extend(with: master, at: start.advanced(bySeconds: 100 * 86_400))
        return try await store.keys()
    }

    package static var records: KeyRecords {
        get async throws { try await task.value }
    }
}

/// `KUDOS:` and the digits.
package func amount(_ digits: String) -> Amount { must { try Amount("KUDOS:\(digits)") } }

/// For values that the tests themselves write down.
package func must<Value>(_ make: () throws -> Value) -> Value {
    do { return try make() } catch { preconditionFailure("\(error)") }
}
