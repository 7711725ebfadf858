// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
package import ExchangeStore
import HTTPCore
package import SandboxExchange
import TalerCrypto
import TalerWire

extension Fixture {
    /// What the offline key does, with small keys for coins of 0.64 only.
    package func setup(_ change: (inout KeySchedule) -> Void = { _ in }) throws -> ExchangeSetup {
        var schedule = KeySchedule.standard
        change(&schedule)
        return try ExchangeSetup(
            store: store, account: SharedKeys.account, schedule: schedule,
            plans: [DenominationPlan(value: amount("0.64"), fee: amount("0.01"))], keyBits: 1024)
    }

    /// Every denomination of 0.64 in the books, by start.
    package func generations() async throws -> [DenominationRecord] {
        try await store.keys().denominations.filter { $0.value == amount("0.64") }.sorted { $0.start < $1.start }
    }

    /// A coin of that denomination, withdrawn over HTTP from a fresh reserve.
    package func coin(_ denomination: DenominationRecord, row: Int64) async throws -> TestCoin {
        let reserve = try await fundedReserve(amount("10"), row: row)
        let planchet = try TestPlanchet(denomination)
        let response = try await post(reserve.withdrawPath, BatchWithdrawRequest(planchets: [planchet.signed(by: reserve)]))
        guard response.status == 200 else { throw FixtureError.refused(response.text) }
        let answer: BatchWithdrawResponse = try response.json().decode()
        guard let signature = answer.envelopeSignatures.first else { throw FixtureError.refused("no signature") }
        return try planchet.coin(try BlindedSignature(json: signature.signature))
    }
}
