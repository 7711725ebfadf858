// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// The form for the time, sums, charts and tables.
struct RevenuePage: OfficePage {
    static let templateName = "revenue"
    static let section: OfficeSection? = .revenue

    struct Report: Sendable {
        var days: ClosedRange<Day>
        /// The step that was asked for, and the one that is shown.
        var wanted: TimeStep
        var step: TimeStep
        var revenue: Revenue
        var spans: [Span]
        /// The highest sum first.
        var products: [ProductShare]
        var currency: Currency
        var smallestUnit: MoneySum
    }

    var choice: RevenueChoice
    var base: String
    /// Nil when what was typed is no time.
    var report: Report?

    var record: PageRecord {
        var record: PageRecord = [
            "title": "Revenue", "from": .text(choice.typedFrom), "to": .text(choice.typedTo), "lastDay": .text("\(Day.last)"),
            "steps": .list(
                TimeStep.allCases.map { step in
                    .record([
                        "value": .text(step.rawValue), "label": .text("by \(step.label)"),
                        "isChosen": .flag((report?.wanted ?? choice.wantedStep ?? .day) == step),
                    ])
                }),
            "presets": .list(choice.presets.map(preset)),
        ]
        if case .failure(let problem) = choice.days {
            problem.from.section(&record, "fromTrouble")
            problem.to.section(&record, "toTrouble")
        }
        if let report { record["report"] = .record(report.record.merging(["csv": csv(report)])) }
        return record
    }

    private func preset(_ preset: RevenueChoice.Preset) -> PageValue {
        .record([
            "label": .text(preset.label), "url": .text("\(base)/revenue?from=\(preset.days.lowerBound)&to=\(preset.days.upperBound)"),
            "isCurrent": .flag(report?.days == preset.days),
        ])
    }

    private func csv(_ report: Report) -> PageValue {
        let query = "from=\(report.days.lowerBound)&to=\(report.days.upperBound)"
        return .record([
            "spans": .text("\(base)/revenue.csv?\(query)&by=\(report.step.rawValue)"),
            "products": .text("\(base)/revenue.csv?\(query)&of=products"),
        ])
    }
}

extension RevenuePage {
    static var samples: [RevenuePage] {
        get throws {
            let today = Day(clamping: 20_000)
            let currency = try Currency("KUDOS")
            let takings = Revenue.Takings(orders: 1, paid: MoneySum(units: 2), refunded: MoneySum(units: 1))
            let products = (0...RowsOfProducts.maximum).map {
                Revenue.Product(id: "p\($0)", title: "P", kind: .goods, quantity: 1, takings: takings)
            }
            let revenue = Revenue(
                days: [Revenue.Day(number: today.number, takings: .init(orders: 1, paid: .zero, refunded: MoneySum(units: 99)))],
                products: products, foreignOrders: 1)
            let report = Report(
                days: today...today, wanted: .day, step: .week, revenue: revenue, spans: TimeStep.day.spans(today...today, revenue.days),
                products: products.map { ProductShare($0, title: $0.title) }, currency: currency, smallestUnit: MoneySum(units: 1))
            return [
                RevenuePage(choice: RevenueChoice(Query(encoded: "from=x&to=x") ?? Query(), today: today), base: ""),
                RevenuePage(choice: RevenueChoice(Query(), today: today), base: "", report: report),
            ]
        }
    }
}
