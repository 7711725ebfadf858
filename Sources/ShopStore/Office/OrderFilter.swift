// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Which orders the owner wants to see. What is nil or false lets all through.
public struct OrderFilter: Sendable, Equatable {
    public var state: Order.State?
    /// Orders with at least one line of it.
    public var kind: OrderLine.Kind?
    /// The first moment at which an order may have been made.
    public var from: Timestamp?
    /// The first moment that is too late.
    public var to: Timestamp?
    /// Paid goods that were neither sent nor wholly given back.
    public var isToSend = false
    /// Something was given back, or is to be.
    public var isGivenBack = false
    /// An order's name or its beginning, a transaction id, a contract's hash, or beginnings of words of a product or of an address.
    public var search = ""

    public init() {}

    /// Longer searches are cut.
    public static let maximumSearch = 200

    /// The search without the spaces around it.
    var trimmedSearch: String {
        let scalars = search.unicodeScalars.prefix(Self.maximumSearch).filter { $0.value != 0 }
        return scalars.split { $0.properties.isWhitespace }.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }
}

/// Some orders, newest first, and where the older ones begin.
public struct OrderPage: Sendable {
    public let orders: [Order]
    /// Nil when there are no older ones.
    public let next: OrderCursor?
}

/// A place in a list of orders.
public struct OrderCursor: Sendable, Equatable, LosslessStringConvertible {
    enum Place: Sendable, Equatable {
        /// After the order of this name, made at this second.
        case after(created: Int64, id: OrderID)
        /// After this row of the words.
        case afterWords(Int64)
    }

    let place: Place

    init(_ place: Place) { self.place = place }

    /// - Returns: nil for a text that no cursor was written as.
    public init?(_ description: String) {
        if description.hasPrefix("w") {
            guard let row = Int64(description.dropFirst()), row > 0 else { return nil }
            place = .afterWords(row)
        } else {
            let parts = description.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, let created = Int64(parts[0]), created >= 0, let id = OrderID(String(parts[1])) else { return nil }
            place = .after(created: created, id: id)
        }
    }

    public var description: String {
        switch place {
        case .after(let created, let id): "\(created)-\(id)"
        case .afterWords(let row): "w\(row)"
        }
    }
}
