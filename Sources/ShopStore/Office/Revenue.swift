// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What came in during some days. Money that was given back is counted on the day on which its order was paid.
public struct Revenue: Sendable, Equatable {
    /// Days on which something was paid, earliest first.
    public let days: [Day]
    /// What was sold, the highest sum first.
    public let products: [Product]
    /// How many orders were paid in other currencies, which are counted nowhere else here.
    public let foreignOrders: Int

    public struct Takings: Sendable, Equatable {
        public var orders: Int
        /// What buyers have paid.
        public var paid: MoneySum
        /// What of it the owner has asked to be given back.
        public var refunded: MoneySum
        public var left: MoneySum { paid - refunded }

        public static let none = Takings(orders: 0, paid: .zero, refunded: .zero)

        public init(orders: Int, paid: MoneySum, refunded: MoneySum) {
            self.orders = orders
            self.paid = paid
            self.refunded = refunded
        }

        public static func += (left: inout Takings, right: Takings) {
            left.orders += right.orders
            left.paid += right.paid
            left.refunded += right.refunded
        }
    }

    public struct Day: Sendable, Equatable {
        /// Days since the first of January 1970, in UTC.
        public let number: Int
        public let takings: Takings

        public init(number: Int, takings: Takings) {
            self.number = number
            self.takings = takings
        }
    }

    /// The lines of one product.
    public struct Product: Sendable, Equatable {
        /// Its name in the catalog; empty for fees for delivery.
        public let id: String
        /// As it was when it was sold last, in that buyer's language.
        public let title: String
        public let kind: OrderLine.Kind
        public let quantity: Int
        /// Of orders that were given back in part, only those with a single line are counted: of others it is not known for what it was.
        public let takings: Takings

        public init(id: String, title: String, kind: OrderLine.Kind, quantity: Int, takings: Takings) {
            self.id = id
            self.title = title
            self.kind = kind
            self.quantity = quantity
            self.takings = takings
        }
    }

    public init(days: [Day], products: [Product], foreignOrders: Int) {
        self.days = days
        self.products = products
        self.foreignOrders = foreignOrders
    }

    public var total: Takings { days.reduce(into: .none) { $0 += $1.takings } }

    /// What was given back in part of orders of several lines: it belongs to no product.
    public var sharedRefunds: MoneySum {
        products.reduce(total.refunded) { $0 - $1.takings.refunded }
    }
}
