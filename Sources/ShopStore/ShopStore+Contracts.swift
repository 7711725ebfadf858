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
    /// - Throws: ``ShopStoreError/unknownOrder``, ``ShopStoreError/contractTaken``.
    public func attach(_ offer: Offer, replacing previous: Int64?) async throws -> Offer {
        try await writer.write { database in
            guard let order = try OrderRow.fetchOne(database, key: offer.order.text) else { throw ShopStoreError.unknownOrder }
            if let current = order.currentTransaction {
                guard let row = try OfferRow.fetchOne(database, key: current) else {
                    throw ShopStoreError.damaged("contract \(current) is missing")
                }
                let known = try row.offer
                if current != previous || order.paidAt != nil || known.state == .paying { return known }
            }
            do { try OfferRow(offer).insert(database) } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw ShopStoreError.contractTaken
            }
            try database.execute(
                sql: "UPDATE orders SET current_transaction = ? WHERE id = ?", arguments: [offer.transactionID, offer.order.text])
            return offer
        }
    }

    /// Remembers, before a payment is passed on, that it may settle. Changes nothing about a contract that is paid.
    public func paymentBegins(_ hash: ContractHash) async throws {
        try await writer.write { database in
            try database.execute(
                sql: "UPDATE contracts SET state = 'paying' WHERE contract_hash = ? AND state = 'offered'", arguments: [hash.bytes.stored])
        }
    }

    /// Every attempt at this contract was refused for good.
    public func paymentEnded(_ hash: ContractHash) async throws {
        try await writer.write { database in
            try database.execute(
                sql: "UPDATE contracts SET state = 'offered' WHERE contract_hash = ? AND state = 'paying'", arguments: [hash.bytes.stored])
        }
    }

    /// The contract's payment has settled: the order is paid, at the first time only. A second contract of one order becomes a surplus.
    /// - Returns: the order, nil for a contract of nobody.
    public func settle(_ hash: ContractHash, at time: Timestamp) async throws -> Order? {
        try await writer.write { database in
            let offer = try OfferRow.fetchOne(
                database, sql: "SELECT * FROM contracts WHERE contract_hash = ?", arguments: [hash.bytes.stored])
            guard let offer else { return nil }
            try database.execute(
                sql: "UPDATE orders SET paid_at = ?, paid_transaction = ?, current_transaction = ? WHERE id = ? AND paid_at IS NULL",
                arguments: [time.storedSeconds, offer.transactionID, offer.transactionID, offer.orderID])
            let isFirst = database.changesCount == 1
            let isPaidAlready = offer.state == Offer.State.paid.rawValue
            let state: Offer.State = isFirst || isPaidAlready ? .paid : .surplus
            try database.execute(
                sql: "UPDATE contracts SET state = ? WHERE transaction_id = ?", arguments: [state.rawValue, offer.transactionID])
            return try OrderRow.fetchOne(database, key: offer.orderID)?.order
        }
    }
}
