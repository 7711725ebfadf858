// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire

/// The filters of the list of orders, as its form sends them.
struct OrderListQuery {
    /// The choices of the field for the state.
    enum Choice: String, CaseIterable {
        case all = ""
        case open, paid
        case toSend = "to-send"
        case closed, returned
        case givenBack = "given-back"

        var words: String {
            switch self {
            case .all: "All"
            case .open: "Not paid yet"
            case .paid: "Paid"
            case .toSend: "To be sent"
            case .closed: "Expired or cancelled"
            case .returned: "Paid too late"
            case .givenBack: "Given back"
            }
        }
    }

    var search = ""
    var choice = Choice.all
    var kind: OrderLine.Kind?
    /// As they were typed.
    var from = ""
    var to = ""
    /// What was wrong with a date; the list is not filtered by it.
    private(set) var fromProblem: String?
    private(set) var toProblem: String?
    private(set) var filter = OrderFilter()

    static let kinds: [OrderLine.Kind] = [.article, .download, .donation, .goods, .unknown]

    init() {}

    init(_ query: Query) {
        search = query["q"] ?? ""
        choice = query["state"].flatMap(Choice.init) ?? .all
        kind = query["kind"].flatMap(OrderLine.Kind.init)
        from = query["from"] ?? ""
        to = query["to"] ?? ""
        filter.search = search
        filter.kind = kind
        switch choice {
        case .all: break
        case .open: filter.state = .open
        case .paid: filter.state = .paid
        case .closed: filter.state = .closed
        case .returned: filter.state = .returned
        case .toSend: filter.isToSend = true
        case .givenBack: filter.isGivenBack = true
        }
        let words = "A date like 2026-11-21 is needed."
        if !from.isEmpty {
            filter.from = CivilTime.day(from)
            if filter.from == nil { fromProblem = words }
        }
        if !to.isEmpty {
            filter.to = CivilTime.day(to)?.advanced(bySeconds: 86_400)
            if filter.to == nil { toProblem = words }
        }
        if let first = filter.from, let end = filter.to, end <= first { toProblem = "This day is before the first one." }
    }

    var isFiltered: Bool { !search.isEmpty || choice != .all || kind != nil || !from.isEmpty || !to.isEmpty }

    /// The filters as a query, with its question mark; empty without filters.
    func text(_ more: [(String, String)] = []) -> String {
        let pairs =
            [("q", search), ("state", choice.rawValue), ("kind", kind?.rawValue ?? ""), ("from", from), ("to", to)].filter { !$0.1.isEmpty }
            + more
        return pairs.isEmpty ? "" : "?" + pairs.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    }
}
