// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import ShopStore
import TalerWire
import Testing

/// A database of a shop that knew neither lines nor stock, with orders in every state.
struct MigrationTests {
    private let path = StoreBench.newPath()
    private let now: Timestamp
    private let ids = (0..<5).map { _ in OrderID.random() }

    init() throws {
        now = try Timestamp(seconds: 1_800_000_000)
        let database = try DatabaseQueue(path: path)
        try database.write { database in
            try database.execute(sql: Self.schema)
            for (id, row) in zip(ids, Self.orders) {
                try database.execute(sql: "INSERT INTO orders VALUES (?, \(row))", arguments: [id.text])
            }
            for (transaction, order, state) in Self.contracts {
                try database.execute(
                    sql: "INSERT INTO contracts VALUES (?, ?, '{}', ?, ?, ?, ?)",
                    arguments: [
                        transaction, ids[order].text, Data(repeating: 1, count: 64), Data(repeating: UInt8(transaction), count: 64),
                        1_800_000_600 + transaction, state,
                    ])
            }
            try database.execute(
                sql: """
                    UPDATE orders SET current_transaction = 11 WHERE id = ?;
                    """, arguments: [ids[1].text])
            try database.execute(
                sql: "UPDATE orders SET current_transaction = 12, paid_transaction = 12, paid_at = 1799000001 WHERE id = ?",
                arguments: [ids[2].text])
            try database.execute(sql: "UPDATE orders SET current_transaction = 15 WHERE id = ?", arguments: [ids[3].text])
        }
        try database.close()
    }

    private static let orders = [
        "'s', 'small-change', 1, 'KUDOS:0.5', 1799000000, NULL, NULL, NULL",
        "'s', 'small-change', 3, 'KUDOS:1.5', 1799000000, NULL, NULL, NULL",
        "'s', 'margins', 1, 'KUDOS:0.7', 1799000000, NULL, NULL, NULL",
        "'t', 'keep-the-lamp-lit', 1, 'KUDOS:12.34567891', 1799000000, NULL, NULL, NULL",
        "'t', 'small-change', 99, 'KUDOS:4503599627370496', 1799000002, NULL, NULL, NULL",
    ]

    /// Number, order, state: the third was paid twice, and the fourth is being paid.
    private static let contracts = [(11, 1, "offered"), (12, 2, "paid"), (13, 2, "surplus"), (14, 3, "offered"), (15, 3, "paying")]

    private func byHash(_ number: UInt8) throws -> ContractHash { try ContractHash([UInt8](repeating: number, count: 64)) }

    @Test func everyOrderIsThereWithItsOneLine() async throws {
        let store = try ShopStore.open(at: path)
        let orders = try await ids.asyncMap { try #require(try await store.order($0)) }
        #expect(orders.map(\.state) == [.open, .open, .paid, .open, .open])
        #expect(orders.map(\.session) == ["s", "s", "s", "t", "t"])
        #expect(orders.map(\.amount.description) == ["KUDOS:0.5", "KUDOS:1.5", "KUDOS:0.7", "KUDOS:12.34567891", "KUDOS:4503599627370496"])
        #expect(orders.flatMap(\.lines).map(\.product) == ["small-change", "small-change", "margins", "keep-the-lamp-lit", "small-change"])
        #expect(orders.flatMap(\.lines).map(\.quantity) == [1, 3, 1, 1, 99])
        #expect(orders[1].lines.first?.unitPrice == (try Amount("KUDOS:0.5")))
        #expect(orders.flatMap(\.lines).allSatisfy { $0.kind == .unknown && !$0.takesStock })
        #expect(orders[2].paidAt == (try Timestamp(seconds: 1_799_000_001)))
        #expect(orders[2].paidTransaction == 12)
        #expect(try await store.orders(session: "s", limit: 10).count == 3)
    }

    @Test func contractsKeepTheirOrdersAndStates() async throws {
        let store = try ShopStore.open(at: path)
        #expect(try await store.offersUnderWay().map(\.transactionID) == [15])
        #expect(try await store.offers(of: ids[3]).map(\.transactionID) == [14, 15])
        #expect(try await store.currentOffer(of: ids[1])?.transactionID == 11)
        #expect(try await store.nextTransactionID() == 4711)
        let settled = try #require(try await store.settle(try byHash(15), at: now))
        #expect(settled.order.id == ids[3])
        #expect(settled.state == .paid)
    }

    @Test func whatWasPaidTwiceGoesBack() async throws {
        let store = try ShopStore.open(at: path)
        let due = try await store.giveBacks(dueAt: now)
        #expect(due.map(\.contractHash) == [try byHash(13)])
        #expect(due.map(\.amount) == [try Amount("KUDOS:0.7")])
        #expect(due.map(\.reason) == [.second])
    }

    @Test func anOrderStaysOpenUntilItsContractEnds() async throws {
        let store = try ShopStore.open(at: path)
        #expect(try await store.overdueOrders(at: now).map(\.id) == [ids[0], ids[4]], "those without a contract")
        #expect(try await store.order(ids[1])?.heldUntil == (try Timestamp(seconds: 1_800_000_611)))
        #expect(try await store.overdueOrders(at: now.advanced(bySeconds: 611)).map(\.id) == [ids[0], ids[4], ids[1]])
    }

    @Test func aSecondStartChangesNothing() async throws {
        do { _ = try ShopStore.open(at: path) }
        let store = try ShopStore.open(at: path)
        #expect(try await store.order(ids[2])?.isPaid == true)
        #expect(try await store.giveBacks(of: ids[2]).count == 1)
    }

    @Test func theSchemaRefusesWhatCannotBe() throws {
        do { _ = try ShopStore.open(at: path) }
        let database = try DatabaseQueue(path: path)
        for nonsense in [
            "UPDATE orders SET state = 'paid' WHERE id = '\(ids[0])'", "UPDATE orders SET state = 'closed' WHERE id = '\(ids[0])'",
            "UPDATE orders SET closed_at = 1 WHERE id = '\(ids[0])'", "UPDATE orders SET current_transaction = 99",
            "INSERT INTO stock (product, supply, catalog, held) VALUES ('p', 1, 1, -1)",
            "INSERT INTO stock (product, supply, catalog) VALUES ('p', -1, 1)", "UPDATE order_line SET quantity = 0",
            "UPDATE contracts SET order_id = 'nobody'", "UPDATE contracts SET state = 'gone'", "DELETE FROM orders",
            "UPDATE give_back SET state = 'forgotten'",
        ] {
            #expect(throws: DatabaseError.self, "\(nonsense)") { try database.write { try $0.execute(sql: nonsense) } }
        }
        #expect(try database.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"])
        #expect(try database.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check") }.isEmpty)
    }

    /// The tables as they were, and the migrator's note.
    private static let schema = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('0001 orders and contracts');
        CREATE TABLE orders (
            id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 26),
            session TEXT NOT NULL CHECK (session <> ''),
            product TEXT NOT NULL CHECK (product <> ''),
            quantity INTEGER NOT NULL CHECK (quantity >= 1),
            amount TEXT NOT NULL CHECK (amount LIKE '%_:_%'),
            created INTEGER NOT NULL CHECK (created >= 0),
            current_transaction INTEGER REFERENCES contracts (transaction_id),
            paid_transaction INTEGER REFERENCES contracts (transaction_id),
            paid_at INTEGER CHECK (paid_at >= 0),
            CHECK ((paid_transaction IS NULL) = (paid_at IS NULL))
        ) STRICT;
        CREATE INDEX orders_by_session ON orders (session, product);
        CREATE TABLE contracts (
            transaction_id INTEGER PRIMARY KEY NOT NULL
                CHECK (transaction_id >= 0 AND transaction_id < 9007199254740992),
            order_id TEXT NOT NULL REFERENCES orders (id),
            contract TEXT NOT NULL CHECK (contract LIKE '{%}'),
            signature BLOB NOT NULL CHECK (length(signature) = 64),
            contract_hash BLOB NOT NULL UNIQUE CHECK (length(contract_hash) = 64),
            expiry INTEGER NOT NULL CHECK (expiry >= 0),
            state TEXT NOT NULL CHECK (state IN ('offered', 'paying', 'paid', 'surplus'))
        ) STRICT;
        CREATE INDEX contracts_by_order ON contracts (order_id);
        CREATE INDEX contracts_under_way ON contracts (state) WHERE state = 'paying';
        CREATE TABLE transaction_counter (
            id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
            next INTEGER NOT NULL CHECK (next >= 0 AND next < 9007199254740992)
        ) STRICT;
        INSERT INTO transaction_counter (id, next) VALUES (1, 4711);
        """
}

extension Array {
    fileprivate func asyncMap<Value>(_ make: (Element) async throws -> Value) async rethrows -> [Value] {
        var made: [Value] = []
        for element in self { made.append(try await make(element)) }
        return made
    }
}
