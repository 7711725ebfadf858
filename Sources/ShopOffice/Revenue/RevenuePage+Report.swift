// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import ShopStore
import TalerWire

extension RevenuePage.Report {
    var record: PageRecord {
        let total = revenue.total
        var record: PageRecord = [
            "title": .text(title), "left": .text(total.left.text(currency)), "paid": .text(total.paid.text(currency)),
            "refunded": .text(total.refunded.text(currency)), "orders": .text(total.orders.grouped),
            "hasRefunds": .flag(!total.refunded.isZero), "charts": Self.charts(spanChart.drawing),
            "step": .text(step.rawValue.prefix(1).uppercased() + step.rawValue.dropFirst()),
            "spans": .list(spans.map(row)),
        ]
        if step != wanted {
            record["coarser"] = .record(["wanted": .text(wanted.label), "shown": .text(step.label)])
        }
        if revenue.foreignOrders > 0 {
            record["foreign"] = .record([
                "words": .text(
                    revenue.foreignOrders == 1
                        ? "One order was paid in another currency" : "\(revenue.foreignOrders.grouped) orders were paid in other currencies"
                )
            ])
        }
        if !products.isEmpty { record["byProduct"] = .record(productsRecord) }
        return record
    }

    /// `1 November 2026 to 21 November 2026`.
    var title: String {
        days.lowerBound == days.upperBound ? days.lowerBound.full : "\(days.lowerBound.long) to \(days.upperBound.long)"
    }

    static func charts(_ drawing: (ChartSize) -> Markup) -> PageValue {
        .record(["wide": .markup(drawing(.wide)), "narrow": .markup(drawing(.narrow))])
    }

    private func row(_ span: Span) -> PageValue { .record(span.takings.record.merging(["name": .text(span.name)])) }

    private var spanChart: ColumnChart {
        ColumnChart(
            id: "by-time", title: "Revenue by \(step.label), \(title)", description: spanWords,
            items: spans.map { $0.takings.item(label: $0.label, name: $0.name, currency) },
            emptyText: "Nothing was paid in this time.", smallest: smallestUnit.approximate)
    }

    /// What the picture shows, for who cannot see it.
    private var spanWords: String {
        guard let best = spans.max(by: { $0.takings.paid < $1.takings.paid }), !best.takings.paid.isZero else {
            return "Nothing was paid in this time."
        }
        let total = revenue.total
        let back = total.refunded.isZero ? "" : " \(total.refunded.text(currency)) of it were given back."
        return
            "\(total.paid.text(currency)) were paid in all.\(back) The highest bar is \(best.name) with \(best.takings.paid.text(currency)). The table that follows has all numbers."
    }

    private var productsRecord: PageRecord {
        let rows = RowsOfProducts(products)
        let chart = RowChart(
            id: "by-product", title: "Revenue by product, \(title)",
            description:
                "The products that brought most, the first of them \(products.first?.title ?? ""). The table that follows has all numbers.",
            items: rows.items(currency))
        var record: PageRecord = [
            "charts": Self.charts(chart.drawing),
            "rows": .list(
                rows.all.map { row in
                    .record(
                        row.takings.record.merging([
                            "name": .text(row.name), "quantity": .text(row.quantity.grouped), "isRest": .flag(row.isRest),
                        ]))
                }),
        ]
        let shared = revenue.sharedRefunds
        if !shared.isZero { record["shared"] = .record(["amount": .text(shared.text(currency))]) }
        return record
    }
}

/// The products that brought most, and all others as one.
struct RowsOfProducts {
    /// So many have a row of their own.
    static let maximum = 20

    struct Row {
        var name: String
        var quantity: Int
        var takings: Revenue.Takings
        var isRest = false
    }

    let all: [Row]

    init(_ products: [ProductShare]) {
        // A rest of one would be the product itself.
        let count = products.count == Self.maximum + 1 ? products.count : Self.maximum
        var rows = products.prefix(count).map { Row(name: $0.title, quantity: $0.product.quantity, takings: $0.product.takings) }
        let others = products.dropFirst(count)
        if !others.isEmpty {
            var rest = Row(name: "\(others.count.grouped) other products", quantity: 0, takings: .none, isRest: true)
            for other in others {
                rest.quantity += other.product.quantity
                rest.takings += other.product.takings
            }
            rows.append(rest)
        }
        all = rows
    }

    func items(_ currency: Currency) -> [ChartItem] {
        all.map { row in
            var item = row.takings.item(label: row.name, name: row.name, currency)
            item.isRest = row.isRest
            return item
        }
    }
}

extension Revenue.Takings {
    /// For a row of a table.
    var record: PageRecord {
        [
            "orders": .text(orders.grouped), "paid": .text(paid.grouped), "refunded": .text(refunded.isZero ? "–" : refunded.grouped),
            "left": .text(left.grouped),
        ]
    }

    func item(label: String, name: String, _ currency: Currency) -> ChartItem {
        let back = refunded.isZero ? "" : ", of which \(refunded.text(currency)) were given back"
        return ChartItem(
            label: label, name: name, value: paid.approximate, back: refunded.approximate, text: paid.text(currency) + back,
            shortText: paid.short)
    }
}
