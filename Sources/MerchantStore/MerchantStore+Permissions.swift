// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import MerchantCore
public import TalerWire

/// A deposit permission that passed every check, as it is taken on.
public struct NewPermission: Sendable {
    /// All its coins.
    public let coinSet: CoinSet
    /// One for each exchange of the coins that were not accepted before.
    public let intents: [NewIntent]

    public init(coinSet: CoinSet, intents: [NewIntent]) {
        self.coinSet = coinSet
        self.intents = intents
    }
}

extension MerchantStore {
    /// Why a permission could not be taken on.
    public enum PermissionConflict: Error, Sendable, Equatable {
        /// The payment stands elsewhere than it did when the permission was judged.
        case moved(PaymentProgress)
        /// Another permission froze another wire deadline in the meantime.
        case otherWireDeadline
    }

    /// Where the contract's payment stands.
    public func progress(of contract: StoredContract) async throws(MerchantStoreError) -> PaymentProgress {
        try await Self.orFailAsync { try await database.read { try Self.progress($0, of: contract.id) } }
    }

    /// Takes a permission on with all its intents, if the payment stands where it stood when the permission was judged.
    /// - Parameters:
    ///   - progress: by which it was judged.
    ///   - wireDeadline: kept when it is the first for this contract; the requests must hold the one that ``StoredContract`` has.
    /// - Returns: its intents, in order.
    public func record(
        _ permission: NewPermission, for contract: StoredContract, after progress: PaymentProgress, wireDeadline: Timestamp, now: Timestamp
    ) async throws(MerchantStoreError) -> Result<[StoredIntent], PermissionConflict> {
        try await Self.orFailAsync {
            try await database.write { database in
                let current = try Self.progress(database, of: contract.id)
                guard current == progress else { return .failure(.moved(current)) }
                try database.execute(
                    sql: "UPDATE contract SET wire_deadline = ? WHERE id = ? AND (wire_deadline IS NULL OR wire_deadline = ?)",
                    arguments: [wireDeadline.storedSeconds, contract.id, wireDeadline.storedSeconds])
                guard database.changesCount == 1 else { return .failure(.otherWireDeadline) }
                try database.execute(
                    sql: "INSERT INTO permission (contract_id, coin_set, created) VALUES (?, ?, ?)",
                    arguments: [contract.id, permission.coinSet.fingerprint, now.storedSeconds])
                let id = database.lastInsertedRowID
                let intents = try permission.intents.map { try Self.insert($0, permission: id, contract.id, now, database) }
                return .success(try intents.map { try Self.intent(database, id: $0) })
            }
        }
    }

    private static func insert(
        _ intent: NewIntent, permission: Int64, _ contract: Int64, _ now: Timestamp, _ database: Database
    ) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO intent (contract_id, permission_id, coin_set, exchange_url, protocol, request, state, created)
                VALUES (?, ?, ?, ?, ?, ?, 'open', ?)
                """,
            arguments: [
                contract, permission, intent.coinSet, intent.exchangeURL, intent.protocolVersion, intent.request.text, now.storedSeconds,
            ])
        let id = database.lastInsertedRowID
        for (position, coin) in intent.coins.enumerated() {
            try database.execute(
                sql: """
                    INSERT INTO intent_coin (intent_id, position, coin_pub, contribution, deposit_fee, refund_fee)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, position, coin.coinPub.blob, coin.contribution.description, coin.depositFee.description,
                    coin.refundFee?.description,
                ])
        }
        return id
    }

    static func progress(_ database: Database, of contractID: Int64) throws -> PaymentProgress {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM contract WHERE id = ?", arguments: [contractID]).orCorrupt("contract")
        let contract = try StoredContract(row: row)
        let permissions = try Row.fetchAll(
            database, sql: "SELECT id, coin_set FROM permission WHERE contract_id = ? ORDER BY id", arguments: [contractID])
        var coins: [Int64: [PaymentProgress.Coin]] = [:]
        let coinRows = try Row.fetchAll(
            database,
            sql: """
                SELECT intent_coin.* FROM intent JOIN intent_coin ON intent_id = intent.id
                WHERE contract_id = ? ORDER BY intent_id, position
                """,
            arguments: [contractID])
        for row in coinRows {
            let coin = try StoredIntent.Coin(row: row)
            coins[row["intent_id"], default: []].append(
                .init(coinPub: coin.coinPub, contribution: coin.contribution, depositFee: coin.depositFee))
        }
        let intents = try Row.fetchAll(
            database,
            sql: "SELECT id, permission_id, state, refusal_status, refusal, ended FROM intent WHERE contract_id = ? ORDER BY id",
            arguments: [contractID])
        let hasRefunds = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM refund WHERE contract_id = ?)", arguments: [contractID])
        return PaymentProgress(
            price: .init(amount: contract.terms.amount, maximumFee: contract.terms.maximumFee), isPaid: contract.payment != nil,
            isGivenBack: contract.payment == nil && hasRefunds == true,
            permissions: permissions.map { .init(id: $0["id"], coins: CoinSet(fingerprint: $0["coin_set"])) },
            intents: try intents.map { row in
                PaymentProgress.Intent(
                    id: row["id"], permission: row["permission_id"], coins: coins[row["id"]] ?? [],
                    state: try PaymentProgress.Intent.State(row: row))
            })
    }
}

extension PaymentProgress.Intent.State {
    fileprivate init(row: Row) throws {
        switch row["state"] as String {
        case "accepted", "unconfirmed": self = .accepted
        case "refused":
            let answer = try JSONParser.parse(row["refusal"] as String)
            self = .refused(
                .init(
                    status: row["refusal_status"], code: answer["code"]?.integerValue,
                    coinPub: answer["coin_pub"].flatMap { try? CoinPublicKey(json: $0) }, at: try Timestamp(stored: row["ended"])))
        default: self = .open
        }
    }
}
