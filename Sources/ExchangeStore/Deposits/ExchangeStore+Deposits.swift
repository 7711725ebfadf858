// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// Spends the coins for the contract, all or nothing. Coins that this contract already has with the same contribution cost
    /// nothing again.
    /// - Returns: when the contract's first batch was accepted.
    /// - Throws: ``DepositRefusal``.
    public func deposit(_ batch: DepositBatch, at now: Timestamp) async throws -> Timestamp {
        try await database.write { database in
            for coin in batch.coins { try know(coin, database) }
            let (deposit, accepted) = try accept(batch, now, database)
            for coin in batch.coins { try spend(coin, deposit, now, database) }
            return accepted
        }
    }

    /// Enters the coin, or makes sure that it is the one that is already known.
    private func know(_ coin: DepositCoin, _ database: Database) throws {
        let presented = PresentedCoin(
            coinPub: coin.coinPub, denominationHash: coin.denominationHash, value: coin.value,
            denominationSignature: coin.denominationSignature, ageCommitmentHash: coin.ageCommitmentHash)
        switch try know(presented, database) {
        case .denomination(let known, let signature)?:
            throw DepositRefusal.otherDenomination(coin.coinPub, known: known, knownSignature: signature)
        case .ageCommitment(let known)?: throw DepositRefusal.otherAgeCommitment(coin.coinPub, coin.denominationHash, known: known)
        case nil: break
        }
    }

    /// Enters the contract, or makes sure that it is deposited as before.
    private func accept(_ batch: DepositBatch, _ now: Timestamp, _ database: Database) throws -> (deposit: Int64, accepted: Timestamp) {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM deposit WHERE merchant_pub = ? AND h_contract_terms = ?",
            arguments: [batch.merchantPub.data, batch.contractHash.data])
        if let row {
            let wireHash: WireHash = try row.bytes("h_wire")
            let dataHash: HashCode? = try row.optionalBytes("wallet_data_hash")
            guard wireHash == batch.wireHash, try row.time("timestamp") == batch.timestamp,
                try row.time("refund_deadline") == batch.refundDeadline, try row.time("wire_deadline") == batch.wireDeadline,
                dataHash == batch.walletDataHash
            else { throw DepositRefusal.otherContract(wireHash) }
            return (try row.integer("id"), try row.time("exchange_timestamp"))
        }
        try know(batch.accountHash, batch.accountPayto, database)
        try database.execute(
            sql: """
                INSERT INTO deposit (merchant_pub, h_contract_terms, payto_uri, wire_salt, h_wire, merchant_sig, timestamp,
                    refund_deadline, wire_deadline, wallet_data_hash, wire_subject_metadata, exchange_timestamp)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                batch.merchantPub.data, batch.contractHash.data, batch.payto, batch.wireSalt.data, batch.wireHash.data,
                batch.merchantSignature.data, batch.timestamp.stored, batch.refundDeadline.stored, batch.wireDeadline.stored,
                batch.walletDataHash?.data, batch.wireSubjectMetadata, now.stored,
            ])
        return (database.lastInsertedRowID, now)
    }

    private func spend(_ coin: DepositCoin, _ deposit: Int64, _ now: Timestamp, _ database: Database) throws {
        let contribution = try units(coin.contribution)
        let before = try Int64.fetchOne(
            database, sql: "SELECT contribution FROM deposit_coin WHERE deposit = ? AND coin_pub = ?",
            arguments: [deposit, coin.coinPub.data])
        if let before {
            guard before == contribution else { throw DepositRefusal.insufficientFunds(coin.coinPub, coin.denominationHash) }
            return
        }
        guard try spend(contribution, of: coin.coinPub, database) else {
            throw DepositRefusal.insufficientFunds(coin.coinPub, coin.denominationHash)
        }
        try database.execute(
            sql: """
                INSERT INTO deposit_coin (deposit, coin_pub, contribution, deposit_fee, coin_sig, date) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [deposit, coin.coinPub.data, contribution, units(coin.depositFee), coin.coinSignature.data, now.stored])
    }
}
