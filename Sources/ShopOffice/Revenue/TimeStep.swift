// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore

/// How days are put together.
enum TimeStep: String, CaseIterable, Sendable {
    case day, week, month

    /// More bars than that no screen shows well.
    static let maximumBars = 100

    /// The finest that does not need too many bars.
    static func fitting(_ days: ClosedRange<Day>) -> TimeStep {
        let count = days.upperBound.number - days.lowerBound.number + 1
        return count <= 45 ? .day : count <= 26 * 7 ? .week : .month
    }

    var label: String { rawValue }

    /// This one, or the next that does not need more than ``maximumBars``.
    func coarsened(for days: ClosedRange<Day>) -> TimeStep {
        let count = days.upperBound.number - days.lowerBound.number + 1
        switch self {
        case .day where count > Self.maximumBars: return TimeStep.week.coarsened(for: days)
        case .week where count > Self.maximumBars * 7: return .month
        default: return self
        }
    }

    private func end(of first: Day) -> Day {
        let next = first.firstOfNextMonth
        return switch self {
        case .day: first
        case .week: first.firstOfWeek.advanced(by: 6)
        // After the last month of the calendar there is none.
        case .month: next > first ? next.advanced(by: -1) : Day.last
        }
    }

    /// The parts of a time, each with what was paid in it, empty ones too. The first and last may be cut.
    /// - Parameter found: rising.
    func spans(_ days: ClosedRange<Day>, _ found: [Revenue.Day]) -> [Span] {
        var spans: [Span] = []
        var rest = found.drop { $0.number < days.lowerBound.number }
        var first = days.lowerBound
        while first <= days.upperBound {
            let last = min(end(of: first), days.upperBound)
            var takings = Revenue.Takings.none
            while let next = rest.first, next.number <= last.number {
                takings += next.takings
                rest.removeFirst()
            }
            spans.append(Span(step: self, first: first, last: last, takings: takings))
            guard last < Day.last else { break }
            first = last.advanced(by: 1)
        }
        return spans
    }
}

/// A day, a week or a month, and what was paid in it.
struct Span: Sendable {
    let step: TimeStep
    let first: Day
    let last: Day
    let takings: Revenue.Takings

    /// For an axis.
    var label: String { step == .month ? "\(first.shortMonth) \(first.year)" : first.short }

    /// For a table.
    var name: String {
        switch step {
        case .day: first.full
        case .week where first == last: first.long
        case .week: "\(first.long) to \(last.long)"
        case .month where first.day == 1 && last == first.firstOfNextMonth.advanced(by: -1): "\(first.monthName) \(first.year)"
        case .month: "\(first.monthName) \(first.year) (\(first.day) to \(last.day))"
        }
    }
}
