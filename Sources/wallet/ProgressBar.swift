// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
import TalerWire
import Wallet

/// Shows how far a crowd of buyers is: one line that changes on a terminal, a line for each tenth elsewhere.
final class ProgressBar: Sendable {
    private struct State {
        var phase: LoadPhase?
        var drawn = Duration.zero
        var tenth = -1
    }

    private static let width = 30
    private let isTerminal: Bool
    private let state = Mutex(State())

    init(isTerminal: Bool) { self.isTerminal = isTerminal }

    func show(_ progress: LoadProgress) {
        state.withLock { state in
            if state.phase != progress.phase { state = State(phase: progress.phase) }
            let isEnd = progress.done == progress.total
            if isTerminal {
                guard isEnd || progress.elapsed - state.drawn >= .milliseconds(100) || progress.done == 0 else { return }
                state.drawn = progress.elapsed
                // Back to the line's beginning, and what stood there before is erased.
                Terminal.write("\r\u{1B}[K" + Self.bar(progress) + Self.text(progress) + (isEnd ? "\n" : ""))
            } else {
                let tenth = progress.done * 10 / max(1, progress.total)
                guard tenth > state.tenth else { return }
                state.tenth = tenth
                Terminal.say(Self.text(progress))
            }
        }
    }

    static func bar(_ progress: LoadProgress) -> String {
        let filled = width * progress.done / max(1, progress.total)
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "] "
    }

    static func text(_ progress: LoadProgress) -> String {
        let seconds = progress.elapsed / .seconds(1)
        let rate = seconds > 0 ? ", \(LoadReport.rate(Double(progress.done) / seconds)) per second" : ""
        return "\(progress.phase.rawValue) \(progress.done) of \(progress.total)\(rate)"
            + (progress.failed > 0 ? ", \(progress.failed) failed" : "")
    }
}

/// What a crowd of buyers has done, in lines.
enum LoadReport {
    static func lines(_ totals: LoadTotals, plan: LoadPlan) -> [String] {
        var lines = [
            "bought       \(totals.purchases) of \(plan.buyers * plan.purchases) by \(plan.buyers) \(plan.buyers == 1 ? "buyer" : "buyers"): \(totals.products.joined(separator: ", "))",
            "withdrawn    \(totals.withdrawn.isEmpty ? "nothing" : totals.withdrawn.map(\.description).joined(separator: ", "))",
            "purchases    \(rate(totals.purchasesPerSecond)) per second",
            "pages        \(rate(totals.pagesPerSecond)) per second of the product's page, fetched just before by as many at a time",
        ]
        if totals.pagesPerSecond > 0, totals.purchases > 0 {
            lines.append(
                "             a purchase costs as much as \(rate(totals.pagesPerSecond / totals.purchasesPerSecond)) pages")
        }
        for (kind, count) in totals.failures.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }) {
            lines.append("failed       \(count) × \(kind)")
        }
        return lines
    }

    /// With one digit after the point.
    static func rate(_ number: Double) -> String {
        guard number.isFinite, number < 1e9 else { return "?" }
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
