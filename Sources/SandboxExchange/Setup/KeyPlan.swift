// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import TalerWire

/// What there must be of keys and fees, beside what there is.
struct KeyPlan {
    let schedule: KeySchedule
    let plans: [DenominationPlan]
    let account: PaytoURI
    let present: KeyRecords
    let now: Timestamp

    private var horizon: Timestamp { now.advanced(bySeconds: schedule.lookahead) }

    private var signing: Coverage {
        Coverage(periods: present.signingKeys.compactMap(\.signingPeriod), length: schedule.signing, overlap: schedule.overlap)
    }

    private func coverage(_ plan: DenominationPlan) -> Coverage {
        Coverage(
            periods: present.denominations.filter { $0.plan == plan }.compactMap(\.withdrawPeriod), length: schedule.withdraw,
            overlap: schedule.overlap)
    }

    /// When the missing signing keys begin.
    var missingSigningKeys: [Timestamp] { signing.missing(from: now, to: horizon) }

    var missingDenominations: [(plan: DenominationPlan, start: Timestamp)] {
        plans.flatMap { plan in coverage(plan).missing(from: now, to: horizon).map { (plan, $0) } }
    }

    /// Nil when it is there and in use.
    var missingAccount: PaytoURI? { present.accounts.map(\.payto) == [account.text] ? nil : account }

    /// This year, and the next.
    private var years: [Year] { Year.spanning(now, seconds: KeySchedule.year) }

    var missingWireFees: [Year] {
        years.filter { year in !present.wireFees.contains { $0.method == account.method && $0.start == year.start } }
    }

    var missingGlobalFees: [Year] { years.filter { year in !present.globalFees.contains { $0.fees.start == year.start } } }

    /// When something will be missing that is not missing now, once what is missing now is there.
    var nextDue: Timestamp {
        let ends = [signing.end(from: now)] + plans.map { coverage($0).end(from: now) }
        let keys = ends.map { $0.advanced(bySeconds: -schedule.lookahead) }.min() ?? .never
        let fees = years.last.map { $0.end.advanced(bySeconds: -KeySchedule.year) } ?? .never
        return min(keys, fees)
    }
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
