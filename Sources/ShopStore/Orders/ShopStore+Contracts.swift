// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ShopStore {
    /// A number for a new contract; no two calls get the same.
    public func nextTransactionID() async throws -> Int64 {
        try await writer.write { database in try Self.advance(database, by: 1) }
    }

    /// Leaves the neighbourhood of a number that another shop has used.
    public func skipTransactionIDs() async throws {
        _ = try await writer.write { database in try Self.advance(database, by: Int64.random(in: 1...1 << 24)) }
    }

    private static func advance(_ database: Database, by step: Int64) throws -> Int64 {
        guard let next = try Int64.fetchOne(database, sql: "SELECT next FROM transaction_counter WHERE id = 1") else {
            throw ShopStoreError.damaged("the counter of transactions is missing")
        }
        // After 2^53 the numbers begin again; the backend refuses those in use.
        try database.execute(
            sql: "UPDATE transaction_counter SET next = ? WHERE id = 1", arguments: [(next + step) % (1 << 53)])
        return next
    }

    /// Makes `offer` the contract by which its order is paid, unless somebody was faster, or a payment by the one in its place has begun.
    /// - Parameter previous: the contract that the caller saw in its place.
    /// - Returns: the order's contract now: `offer`, or the one in its place, and `offer` is then to be thrown away.
    /// - Throws: ``ShopStoreError/unknownOrder``, ``ShopStoreError/orderClosed``, ``ShopStoreError/contractTaken``.
    public func attach(_ offer: Offer, replacing previous: Int64?) async throws -> Offer {
        try await writer.write { database in
            guard let order = try Self.fetchOrder(database, offer.order) else { throw ShopStoreError.unknownOrder }
            if let current = order.currentTransaction {
                guard let row = try OfferRow.fetchOne(database, key: current) else {
                    throw ShopStoreError.damaged("contract \(current) is missing")
                }
                let known = try row.offer
                if current != previous || order.isPaid || known.state == .paying { return known }
            }
            guard order.state == .open else { throw ShopStoreError.orderClosed }
            do { try OfferRow(offer).insert(database) } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw ShopStoreError.contractTaken
            }
            try database.execute(
                sql: "UPDATE orders SET current_transaction = ?, held_until = MAX(held_until, ?) WHERE id = ?",
                arguments: [offer.transactionID, offer.expiry.storedSeconds, offer.order.text])
            return offer
        }
    }

    /// Whether a payment may be passed on.
    public enum Permit: Sendable, Equatable {
        /// It is remembered now that it may settle.
        /// - `isFirst`: no earlier attempt at this contract is without an outcome.
        case granted(isFirst: Bool)
        /// The order is closed: money would only have to go back.
        case closed
        /// The order is paid by another contract.
        case paidOtherwise
        /// The same browser has paid, or is paying, for an article or a file of the order with this other one.
        case boughtOtherwise(OrderID)
    }

    /// Remembers, before a payment is passed on, that it may settle. A contract that was tried before may always be tried again: the
    /// backend knows what it has.
    /// - Throws: ``ShopStoreError/unknownOrder``.
    public func beginPayment(_ hash: ContractHash) async throws -> Permit {
        try await writer.write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT c.state, c.order_id, o.state AS order_state FROM contracts c JOIN orders o ON o.id = c.order_id
                    WHERE contract_hash = ?
                    """,
                arguments: [hash.bytes.stored])
            guard let row else { throw ShopStoreError.unknownOrder }
            guard row["state"] == Offer.State.offered.rawValue else { return .granted(isFirst: false) }
            switch row["order_state"] as String {
            case Order.State.open.rawValue:
                if let other = try Self.fetchOrderOfTheSame(database, as: row["order_id"]) { return .boughtOtherwise(other.id) }
                try Self.markPaying(database, hash)
                return .granted(isFirst: true)
            case Order.State.paid.rawValue: return .paidOtherwise
            default: return .closed
            }
        }
    }

    /// A payment may settle, whatever the shop thinks of the order. Changes nothing about a contract that is paid.
    public func paymentBegins(_ hash: ContractHash) async throws {
        try await writer.write { database in try Self.markPaying(database, hash) }
    }

    private static func markPaying(_ database: Database, _ hash: ContractHash) throws {
        try database.execute(
            sql: "UPDATE contracts SET state = 'paying', asks = 0, next_ask = 0 WHERE contract_hash = ? AND state = 'offered'",
            arguments: [hash.bytes.stored])
    }

    /// Every attempt at this contract was refused for good.
    /// - Parameter isStillTrue: asked while nobody else can write: a payment that begins after that is noted after this.
    /// - Returns: what `isStillTrue` has said; nothing is done when it is false.
    @discardableResult
    public func paymentEnded(_ hash: ContractHash, if isStillTrue: @escaping @Sendable () -> Bool = { true }) async throws -> Bool {
        try await writer.write { database in
            guard isStillTrue() else { return false }
            try database.execute(
                sql: "UPDATE contracts SET state = 'offered', asks = 0, next_ask = 0 WHERE contract_hash = ? AND state = 'paying'",
                arguments: [hash.bytes.stored])
            return true
        }
    }

    /// What a payment has come to.
    public struct Settled: Sendable {
        /// As it is now.
        public let order: Order
        /// ``Offer/State/paid``, or ``Offer/State/surplus`` for money that has to go back.
        public let state: Offer.State
        /// False when it was known before.
        public let isNew: Bool
    }

    /// The contract's payment has settled: an open order is paid, and what was reserved for it is sold. A second contract of one order,
    /// and one of an order that is closed, become a surplus that has to go back.
    /// - Returns: nil for a contract of nobody.
    public func settle(_ hash: ContractHash, at time: Timestamp) async throws -> Settled? {
        try await writer.write { database in
            let row = try OfferRow.fetchOne(
                database, sql: "SELECT * FROM contracts WHERE contract_hash = ?", arguments: [hash.bytes.stored])
            guard let row else { return nil }
            let offer = try row.offer
            guard let order = try Self.fetchOrder(database, offer.order) else {
                throw ShopStoreError.damaged("contract \(row.transactionID)")
            }
            if offer.state == .paid || offer.state == .surplus { return Settled(order: order, state: offer.state, isNew: false) }
            let state: Offer.State = order.state == .open ? .paid : .surplus
            switch order.state {
            case .open:
                try database.execute(
                    sql: "UPDATE orders SET state = 'paid', paid_at = ?, paid_transaction = ?, current_transaction = ? WHERE id = ?",
                    arguments: [time.storedSeconds, row.transactionID, row.transactionID, row.orderID])
                try Self.sell(database, row.orderID)
            case .paid: try Self.addGiveBack(database, row, .second, at: time)
            case .closed, .returned:
                try database.execute(sql: "UPDATE orders SET state = 'returned' WHERE id = ?", arguments: [row.orderID])
                try Self.addGiveBack(database, row, .late, at: time)
            }
            try database.execute(
                sql: "UPDATE contracts SET state = ? WHERE transaction_id = ?", arguments: [state.rawValue, row.transactionID])
            return Settled(order: try Self.fetchOrder(database, offer.order) ?? order, state: state, isNew: true)
        }
    }
}
