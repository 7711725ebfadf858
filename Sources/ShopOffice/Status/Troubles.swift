// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopStore
import TalerWire

extension BackendLook {
    /// What the owner should see to; information about what is well is left out.
    var troubles: [Trouble] {
        switch self {
        case .silent(let reason, let advice): [Trouble(weight: .problem, message: reason, advice: advice)]
        case .answered(let status): status.findings.filter { $0.severity != .info }.map(Trouble.init)
        }
    }
}

extension Trouble {
    init(_ finding: BackendStatus.Finding) {
        let weight: Weight =
            switch finding.severity {
            case .info, .ok: .info
            case .problem: .problem
            // What a newer backend calls otherwise should not be overlooked.
            default: .warning
            }
        let isIdentification = finding.id == BackendStatus.Finding.identificationNeeded
        self.init(
            weight: weight, subject: finding.subject, message: finding.message, advice: finding.advice ?? "",
            details: finding.details ?? [], hasLinks: isIdentification, isIdentification: isIdentification)
    }
}

extension Office {
    /// Seconds after which the shop should have heard from the backend.
    private static let patience: Int64 = 15 * 60

    /// What is wrong in the shop itself.
    func ownTroubles() async throws -> [Trouble] {
        let now = clock.now()
        let late = now.advanced(bySeconds: -Self.patience)
        var found: [Trouble] = []
        let failed = try await store.failedGiveBacks().count
        if failed > 0 {
            found.append(
                Trouble(
                    weight: .problem,
                    message: failed == 1
                        ? "Money that has to go back to a buyer could not be given back."
                        : "Money that has to go back to buyers could not be given back: \(failed.grouped) payments.",
                    advice: "Try again, or pay these buyers by another way.", page: ("/status#give-backs", "Look at them")))
        }
        let waiting = try await store.giveBacksWaiting()
        if let oldest = waiting.oldest, oldest < late {
            found.append(
                Trouble(
                    weight: .warning,
                    message: "Money waits to go back to buyers: \(waiting.count.grouped), the first since \(oldest.text) UTC.",
                    advice: "The payment backend has not taken it on yet. It is asked again by itself."))
        }
        let underWay = try await store.paymentsUnderWay()
        if let oldest = underWay.oldest, oldest < late {
            found.append(
                Trouble(
                    weight: .warning,
                    message:
                        "Payments whose outcome is not known: \(underWay.count.grouped), the order of the first is of \(oldest.text) UTC.",
                    advice: "They are asked about by themselves. If it lasts, look at what the payment backend says of its exchanges."))
        }
        let open = try await store.ordersNotClosed(heldUntil: late)
        if let oldest = open.oldest {
            found.append(
                Trouble(
                    weight: .warning,
                    message:
                        "Orders whose time is over are still open: \(open.count.grouped), the first should have been closed at \(oldest.text) UTC.",
                    advice: "The payment backend does not say whether they were paid; what they have reserved stays reserved meanwhile."))
        }
        let complaints = catalog.problems()
        if !complaints.isEmpty {
            found.append(
                Trouble(
                    weight: .warning, subject: "catalog",
                    message: "The catalog has mistakes, so the shop goes on with what it had read before.",
                    advice: "Correct the files; they are read again by themselves.", first: Array(complaints.prefix(3)),
                    details: Self.rest(complaints.dropFirst(3))))
        }
        return found.sorted { $0.weight > $1.weight }
    }

    private static func rest(_ complaints: ArraySlice<String>) -> [String] {
        let more = complaints.count - 50
        return complaints.prefix(50) + (more > 0 ? ["and \(more.grouped) more: merchant-frontend check names them all"] : [])
    }

    /// What is missing or nearly gone.
    func stockTroubles() async throws -> [Trouble] {
        var found: [Trouble] = []
        let rows = try await stockRows()
        let names: (StockRow.Need) -> [String] = { need in rows.filter { $0.need == need }.map { $0.name } }
        for (need, weight, words) in [
            (StockRow.Need.missing, Trouble.Weight.problem, "More was sold or promised than there is"), (.soldOut, .info, "Sold out"),
            (.low, .info, "Nearly sold out"),
        ] {
            let names = names(need)
            guard !names.isEmpty else { continue }
            let more = names.count > 5 ? " and \((names.count - 5).grouped) more" : ""
            found.append(
                Trouble(
                    weight: weight, message: "\(words): \(names.prefix(5).joined(separator: ", "))\(more).",
                    page: ("/stock", "To the stock")))
        }
        return found
    }
}
