// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantStore
import TalerWire

extension Diagnosis {
    /// What the database says that waits for somebody.
    static func work(_ facts: Facts) -> [Finding] {
        guard case .read(let figures, _, _) = facts.database else { return [] }
        var found = figures.identifications.compactMap { identification($0, facts) }
        for open in figures.open {
            let age = seconds(since: open.since, facts.now)
            found.append(
                Finding(
                    .openPayments, age < 600 ? .info : .warning, subject: open.exchangeURL,
                    "Payments that wait for the exchange's word: \(open.count), the oldest for \(words(age)).",
                    advice: age < 600 ? "" : "They are repeated by themselves until it is known; see to it that the exchange is reachable.")
            )
        }
        for open in figures.unconfirmed {
            let age = seconds(since: open.since, facts.now)
            found.append(
                Finding(
                    .unconfirmedPayments, age < 3600 ? .info : .warning, subject: open.exchangeURL,
                    "Payments that the exchange has without having signed for them: \(open.count), the oldest for \(words(age)).",
                    advice: age < 3600 ? "" : "They are repeated by themselves; if it lasts, tell the exchange's operator."))
        }
        if let failed = figures.refunds["failed"], failed > 0 {
            found.append(
                Finding(
                    .refundsFailed, .warning, "Refunds that the exchange refused for good: \(failed).",
                    advice: "Give those buyers their money back by another way.", details: figures.failedRefunds))
        }
        if !figures.stuckRefunds.isEmpty {
            found.append(
                Finding(
                    .refundsStuck, .warning, "Refunds have had the same useless answer from their exchange for days.",
                    advice: "They are asked for again rarely; tell the exchange's operator, or pay these buyers by another way.",
                    details: figures.stuckRefunds))
        }
        if figures.overdueTransfers > 0 {
            found.append(
                Finding(
                    .transfersOverdue, .problem,
                    "Paid orders of which no transfer is known though it should have been made days ago: \(figures.overdueTransfers).",
                    advice: "See whether the exchange is reachable and asks for identification; else tell its operator."))
        }
        if figures.missingCredits > 0 {
            found.append(
                Finding(
                    .creditsMissing, .problem,
                    "Transfers that an exchange has signed and the bank account has not received: \(figures.missingCredits).",
                    advice: "Ask the bank, with the transfers' identifiers (merchant-backend export), then the exchange's operator."))
        }
        if figures.transferConflicts > 0 {
            found.append(
                Finding(
                    .transferConflicts, .problem,
                    (["Transfers or credits that do not agree with the books: \(figures.transferConflicts)."] + figures.conflictExamples)
                        .joined(separator: "\n    "),
                    advice: "GET /track/transfer shows the exchange's list of each; keep it, and ask the exchange's operator."))
        }
        return found
    }

    /// Nil when the exchange has said meanwhile that nothing is open.
    private static func identification(_ need: StoreFigures.Identification, _ facts: Facts) -> Finding? {
        let url = need.exchangeURL
        let subject: String = if case .present(let key) = facts.key { "KYC:\(key)" } else { "KYC: and the merchant's public key" }
        let transfer =
            "Transfer \(facts.smallestUnit) from \(need.payto) to the exchange's account with the subject \(subject), wait until it has arrived, and run doctor again for the page to go to."
        let advice: String
        switch facts.identifications[url] {
        case .satisfied: return nil
        case .page(let page): advice = "Open \(page) and answer what is asked there."
        case .awaitsTransfer: advice = transfer
        case .unknown(let reason):
            advice =
                (need.needsTransfer ? transfer : "Run doctor again for the page to go to.") + " (The exchange was asked now: \(reason).)"
        case nil: advice = need.needsTransfer ? transfer : "merchant-backend doctor names the page to go to."
        }
        return Finding(
            .identificationNeeded, .problem, subject: url,
            "The exchange takes no money for this shop's account until its owner has identified themselves there.", advice: advice)
    }

    private static func seconds(since time: Timestamp, _ now: Timestamp) -> Int64 {
        guard let then = time.seconds, let now = now.seconds, now > then else { return 0 }
        return Int64(clamping: now - then)
    }

    private static func words(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) seconds"
        case ..<7200: "\(seconds / 60) minutes"
        case ..<172_800: "\(seconds / 3600) hours"
        default: "\(seconds / 86_400) days"
        }
    }
}
