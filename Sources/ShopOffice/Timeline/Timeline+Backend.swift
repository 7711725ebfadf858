// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import TalerWire

extension Timeline {
    /// What the backend knows of one contract: deposits, refunds and transfers.
    mutating func addBackend(_ status: OrderStatus) {
        for deposit in status.deposits { append(Self.entry(deposit)) }
        if let paidAt = status.paidAt {
            append(TimelineEntry(time: paidAt, tone: .good, title: "Paid", details: ["The price of \(status.amount.text) has been paid."]))
        }
        if status.state == .partiallyPaid {
            append(
                TimelineEntry(
                    time: nil, tone: .wait, title: "Partly paid",
                    details: [
                        "One exchange has accepted its coins, another has not. What is missing may still be paid until the end; then all goes back."
                    ]))
        }
        for refund in Self.refunds(status.refunds ?? []) { append(refund) }
        for transfer in status.transfers ?? [] { append(Self.entry(transfer)) }
    }

    private static func entry(_ deposit: OrderStatus.Deposit) -> TimelineEntry {
        let coins = deposit.coins.count.counted("coin", "coins")
        let sum = deposit.coins.first.flatMap { first in
            try? Amount.sum(deposit.coins.map(\.contribution), in: first.contribution.currency)
        }
        var details = ["\(coins)\(sum.map { " worth \($0.text)" } ?? ""), sent \(deposit.attempts.counted("time", "times"))."]
        var entry: TimelineEntry
        switch deposit.state {
        case .accepted:
            entry = TimelineEntry(
                time: deposit.exchangeTimestamp, tone: .good, title: "Coins accepted by \(host(deposit.exchangeURL))", details: details)
            if let key = deposit.exchangePub {
                entry.details.append("The exchange has confirmed it; its signature is verified and kept as evidence.")
                entry.codes = [("Key of the exchange", key.base32)]
            }
        case .unconfirmed:
            details.append("The exchange has the coins and still owes its signature. It counts as paid.")
            entry = TimelineEntry(
                time: deposit.exchangeTimestamp, tone: .wait, title: "Coins accepted by \(host(deposit.exchangeURL)), not confirmed yet",
                details: details)
        case .open:
            if let error = deposit.lastError { details.append("So far: \(error)") }
            details.append("The backend asks again by itself until it knows.")
            entry = TimelineEntry(
                time: nil, tone: .wait, title: "Payment under way at \(host(deposit.exchangeURL))", details: details)
        case .refused:
            let words = deposit.refusal?["hint"]?.stringValue ?? deposit.lastError
            details.append(
                "The exchange answered \(deposit.refusalStatus.map { "with status \($0)" } ?? "that it does not take them")"
                    + (words.map { ": \($0)" } ?? "."))
            entry = TimelineEntry(time: nil, tone: .bad, title: "Coins refused by \(host(deposit.exchangeURL))", details: details)
        }
        return entry
    }

    /// The parts of what was asked for at once in one entry.
    private static func refunds(_ parts: [RefundList.Part]) -> [TimelineEntry] {
        var groups: [(key: String, parts: [RefundList.Part])] = []
        for part in parts {
            let key = "\(part.origin) \(part.details?.created.description ?? "") \(part.details?.reason ?? "")"
            if let index = groups.firstIndex(where: { $0.key == key }) {
                groups[index].parts.append(part)
            } else {
                groups.append((key, [part]))
            }
        }
        return groups.map { entry($0.parts) }
    }

    private static func entry(_ parts: [RefundList.Part]) -> TimelineEntry {
        let first = parts.first
        var details: [String] = []
        if let reason = first?.details?.reason, !reason.isEmpty { details.append("Reason: \(reason)") }
        if first?.origin == "backend" { details.append("These coins had paid for nothing; the backend gives them back by itself.") }
        for part in parts {
            let amount = "\(part.refundAmount.text) at \(host(part.exchangeURL))"
            switch part.status {
            case .accepted: details.append("\(amount): given back.")
            case .open: details.append("\(amount): the exchange has not answered yet; it is asked again. \(part.details?.lastError ?? "")")
            case .stuck:
                details.append("\(amount): the exchange has given no useful answer for days. \(part.details?.lastError ?? "")")
            case .failed:
                let code = part.code.map { "code \($0)" } ?? part.exchangeStatus.map { "status \($0)" } ?? "no code"
                details.append(
                    "\(amount): refused for good (\(code))."
                        + (part.details?.mayHaveReached == true ? " An earlier attempt may have reached the buyer all the same." : ""))
            }
        }
        let tone: Tone =
            parts.contains { $0.status == .failed || $0.status == .stuck }
            ? .bad : parts.allSatisfy { $0.status == .accepted } ? .good : .wait
        let title: String =
            switch tone {
            case .good: "Given back to the buyer"
            case .bad: "Refund in trouble"
            default: "Refund under way"
            }
        return TimelineEntry(time: first?.details?.created, tone: tone, title: title, details: details)
    }

    private static func entry(_ transfer: OrderTransfer) -> TimelineEntry {
        let isThere = transfer.confirmedBy == .bank
        var details = [
            "\(transfer.amount.text) for this order, in a transfer of \(transfer.total.text) (wire fee \(transfer.wireFee.text))."
        ]
        if isThere {
            details.append("The bank has it\(transfer.arrivedAt.map { " since \($0.text)" } ?? "").")
        } else {
            details.append("The exchange says that it has sent it; the bank has not shown it yet.")
        }
        return TimelineEntry(
            time: transfer.executionTime, tone: isThere ? .good : .wait, title: "Wired to your account by \(host(transfer.exchangeURL))",
            details: details, codes: [("Transfer", transfer.transferID.base32)])
    }

    /// `exchange.example:8081` of a base URL; the whole text for what is none.
    static func host(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let host = url[scheme.upperBound...].prefix { $0 != "/" }
        return host.isEmpty ? url : String(host)
    }
}
