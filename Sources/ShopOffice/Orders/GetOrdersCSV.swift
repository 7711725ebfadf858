// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import ShopStore
import TalerWire

/// The orders that the filters let through as a table for other programs, newest first. The table is whole: of too many orders there is
/// none, and the page says how to come by it.
struct GetOrdersCSV: OfficeEndpoint {
    static let route = Route(.get, "/orders.csv")
    /// So many orders come in one table; more would fill the memory.
    static let maximumCount = 50_000
    private static let step = 500
    let office: Office

    func answer(_ visit: Visit) async throws -> Response {
        let query = OrderListQuery(visit.query)
        guard query.fromProblem == nil, query.toProblem == nil else {
            throw APIError(.genericParameterMalformed, hint: "A date of the filters is none.")
        }
        var table = OrderTable()
        var cursor: OrderCursor?
        repeat {
            let page = try await office.store.orders(query.filter, after: cursor, limit: Self.step)
            guard table.count + page.orders.count <= Self.maximumCount else {
                throw APIError(
                    .genericParameterMalformed,
                    hint:
                        "These are more than \(Self.maximumCount) orders, too many for one table. Choose a shorter time by its first and last day."
                )
            }
            let hashes = try await office.store.contractHashes(page.orders.compactMap(\.paidTransaction))
            for order in page.orders { table.append(order, office.catalog, hash: order.paidTransaction.flatMap { hashes[$0] }) }
            cursor = page.next
        } while cursor != nil
        var response = Response(status: 200, type: ContentType.of(fileName: "orders.csv"), body: table.bytes)
        response.fields["Content-Disposition"] = "attachment; filename=\"orders-\(office.clock.now().dayText).csv\""
        response.fields["Cache-Control"] = "no-store"
        return response
    }
}

/// One row for each order.
struct OrderTable {
    private var table = CSVTable(header: [
        "order", "ordered", "state", "paid", "currency", "amount", "given_back", "items", "contents", "products", "taxes", "transaction_id",
        "h_contract", "name", "street", "zip_code", "city", "state_or_province", "country", "sent", "note", "language",
    ])
    private(set) var count = 0

    var bytes: [UInt8] { table.bytes }

    mutating func append(_ order: Order, _ catalog: CatalogView, hash: ContractHash?) {
        let products = order.lines.filter { $0.kind != .delivery }
        let taxes = order.lines.flatMap(\.taxes).map { "\($0.name) \($0.amount.digits)" }
        let delivery = order.delivery
        let items = products.reduce(0) { sum, line in
            let (total, overflow) = sum.addingReportingOverflow(line.quantity)
            return overflow ? .max : total
        }
        let identity = [
            order.id.text, order.created.machineText, order.state.rawValue, order.paidAt?.machineText ?? "", "\(order.amount.currency)",
            order.amount.digits, order.refunded.digits,
        ]
        let contents = [
            "\(items)", order.lines.map { "\($0.quantity) × \(catalog.title(of: $0))" }.joined(separator: "; "),
            products.map(\.product).joined(separator: "; "), taxes.joined(separator: "; "),
            order.paidTransaction.map { "\($0)" } ?? "", hash?.base32 ?? "",
        ]
        let address = [
            delivery?.name ?? "", delivery.map { [$0.street, $0.streetNumber].filter { !$0.isEmpty }.joined(separator: " ") } ?? "",
            delivery?.zipCode ?? "", delivery?.city ?? "", delivery?.state ?? "", delivery?.country ?? "",
        ]
        table.append(identity + contents + address + [order.sent?.time.machineText ?? "", order.sent?.note ?? "", order.language])
        count += 1
    }
}
