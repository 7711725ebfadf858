// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// The time that revenue is asked for: `?from=2026-11-01&to=2026-11-21&by=day`, both days included. Without days it is the last thirty.
struct RevenueChoice {
    /// As they were typed.
    let typedFrom: String
    let typedTo: String
    let today: Day
    /// What was asked for; nil for "as it fits".
    let wantedStep: TimeStep?
    let days: Result<ClosedRange<Day>, Problem>

    struct Problem: Error {
        /// Nothing is wrong with the field.
        var from: String?
        var to: String?
    }

    /// More than ten years at once are not shown.
    static let maximumDays = 3_660

    init(_ query: Query, today: Day) {
        self.today = today
        wantedStep = query["by"].flatMap(TimeStep.init(rawValue:))
        let usual = today.advanced(by: -29)...today
        typedFrom = String((query["from"] ?? "\(usual.lowerBound)").prefix(40))
        typedTo = String((query["to"] ?? "\(usual.upperBound)").prefix(40))
        days = Self.days(typedFrom, typedTo)
    }

    private static func days(_ from: String, _ to: String) -> Result<ClosedRange<Day>, Problem> {
        let noDay = "Write a day like 2026-11-21."
        guard let first = Day(from), let last = Day(to) else {
            return .failure(Problem(from: Day(from) == nil ? noDay : nil, to: Day(to) == nil ? noDay : nil))
        }
        guard first <= last else { return .failure(Problem(to: "The last day is before the first.")) }
        guard last.number - first.number < maximumDays else {
            return .failure(Problem(from: "That is more than ten years: choose a shorter time."))
        }
        return .success(first...last)
    }

    /// The days, for what shows no form.
    /// - Throws: 400 / 26.
    func validDays() throws(APIError) -> ClosedRange<Day> {
        switch days {
        case .success(let days): return days
        case .failure(let problem):
            throw APIError(
                .genericParameterMalformed, hint: problem.from ?? problem.to ?? "", detail: problem.from == nil ? "to" : "from")
        }
    }

    /// Times that are often looked at.
    struct Preset {
        let label: String
        let days: ClosedRange<Day>
    }

    var presets: [Preset] {
        [
            Preset(label: "Last 7 days", days: today.advanced(by: -6)...today),
            Preset(label: "Last 30 days", days: today.advanced(by: -29)...today),
            Preset(label: "This month", days: today.firstOfMonth...today),
            Preset(label: "Last 12 months", days: today.firstOfMonth(before: 11)...today),
        ]
    }
}
