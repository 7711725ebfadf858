// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension ExchangeStore {
    /// Takes the melt's amount from the coin. The same melt again costs nothing and has the index of the first time.
    /// - Parameter index: the candidate to keep hidden if the melt is new, 0 to 2, unpredictable.
    /// - Returns: the candidate to keep hidden, which is in the books for good.
    /// - Throws: ``MeltRefusal``.
    public func melt(_ melt: Melt, hiding index: Int, at now: Timestamp) async throws -> Int {
        let fee = try units(melt.fee)
        return try await database.write { database in
            let coin = PresentedCoin(
                coinPub: melt.coinPub, denominationHash: melt.denominationHash, value: melt.value,
                denominationSignature: melt.denominationSignature, ageCommitmentHash: melt.ageCommitmentHash)
            switch try know(coin, database) {
            case .denomination(let known, let signature)?:
                throw MeltRefusal.otherDenomination(known: known, knownSignature: signature)
            case .ageCommitment(let known)?: throw MeltRefusal.otherAgeCommitment(known: known)
            case nil: break
            }
            if let before = try Row.fetchOne(database, sql: "SELECT * FROM refresh WHERE rc = ?", arguments: [melt.commitment.data]) {
                guard try before.bytes("coin_pub") == melt.coinPub, try before.amount("amount_with_fee", currency) == melt.amountWithFee
                else {
                    throw MeltRefusal.otherMelt
                }
                return try before.candidateIndex()
            }
            if melt.isOutOfUse { throw MeltRefusal.outOfUse }
            // Above the coin's value an amount might not even be storable.
            guard try melt.amountWithFee.compare(melt.value) <= 0 else { throw MeltRefusal.insufficientFunds }
            let amount = try units(melt.amountWithFee)
            guard try spend(amount, of: melt.coinPub, database) else { throw MeltRefusal.insufficientFunds }
            try database.execute(
                sql: """
                    INSERT INTO refresh (rc, coin_pub, amount_with_fee, melt_fee, coin_sig, noreveal_index, rms, date)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    melt.commitment.data, melt.coinPub.data, amount, fee, melt.coinSignature.data, index, melt.masterSecret?.data,
                    now.stored,
                ])
            return index
        }
    }

    /// The melt with that commitment; nil when there is none.
    public func refreshSession(_ commitment: RefreshCommitment) async throws -> RefreshSession? {
        let currency = currency
        return try await database.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT r.*, k.h_age_commitment, EXISTS (SELECT 1 FROM refresh_reveal v WHERE v.refresh = r.id) AS is_revealed
                    FROM refresh r JOIN known_coin k ON k.coin_pub = r.coin_pub WHERE r.rc = ?
                    """, arguments: [commitment.data])
            guard let row else { return nil }
            return RefreshSession(
                coinPub: try row.bytes("coin_pub"), ageCommitmentHash: try row.optionalBytes("h_age_commitment"),
                amountWithFee: try row.amount("amount_with_fee", currency), fee: try row.amount("melt_fee", currency),
                noRevealIndex: try row.candidateIndex(), masterSecret: try row.optionalBytes("rms"),
                isRevealed: try row.integer("is_revealed") != 0)
        }
    }

    /// The blind signatures that were given out for the melt, in the order of its coins; nil when it is not known or not revealed.
    public func revealedSignatures(_ commitment: RefreshCommitment) async throws -> [[UInt8]]? {
        try await database.read { database in
            guard let refresh = try Self.refreshNumber(commitment, database) else { return nil }
            let coins = try Self.coins(of: refresh, database)
            return coins.isEmpty ? nil : coins.map(\.blindSignature)
        }
    }

    /// Keeps the fresh coins with their signatures. A melt that was revealed before stays as it is.
    /// - Returns: the signatures to give out, in the order of the coins: those of the first time.
    /// - Throws: ``RevealRefusal``.
    public func reveal(_ reveal: RefreshReveal, of commitment: RefreshCommitment, at now: Timestamp) async throws -> [[UInt8]] {
        try await database.write { database in
            guard let refresh = try Self.refreshNumber(commitment, database) else { throw RevealRefusal.unknownSession }
            let before = try Self.coins(of: refresh, database)
            if !before.isEmpty {
                guard before.map(\.denominationHash) == reveal.coins.map(\.denominationHash),
                    before.map(\.envelope) == reveal.coins.map(\.envelope)
                else { throw RevealRefusal.otherCoins }
                return before.map(\.blindSignature)
            }
            try database.execute(
                sql: """
                    INSERT INTO refresh_reveal (refresh, transfer_pub, transfer_priv_first, transfer_priv_second, rms, date)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    refresh, reveal.transferPub.data, Data(reveal.firstTransferPrivateKey), Data(reveal.secondTransferPrivateKey),
                    reveal.masterSecret?.data, now.stored,
                ])
            for (index, coin) in reveal.coins.enumerated() {
                try database.execute(
                    sql: """
                        INSERT INTO refresh_coin (refresh, coin_index, h_denom_pub, coin_ev, link_sig, blind_sig) VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        refresh, index, coin.denominationHash.data, Data(coin.envelope), coin.linkSignature.data, Data(coin.blindSignature),
                    ])
            }
            return reveal.coins.map(\.blindSignature)
        }
    }

    /// Every refresh of the coin that was revealed, oldest melt first.
    public func links(of coin: CoinPublicKey) async throws -> [RefreshLink] {
        try await database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT r.id, v.transfer_pub, d.rsa_pub, c.blind_sig, c.link_sig
                    FROM refresh r JOIN refresh_reveal v ON v.refresh = r.id JOIN refresh_coin c ON c.refresh = r.id
                    JOIN denomination d ON d.h_denom_pub = c.h_denom_pub
                    WHERE r.coin_pub = ? ORDER BY r.id, c.coin_index
                    """, arguments: [coin.data])
            var links: [RefreshLink] = []
            var last: Int64?
            for row in rows {
                let number = try row.integer("id")
                if number != last { links.append(RefreshLink(transferPub: try row.bytes("transfer_pub"), coins: [])) }
                last = number
                links[links.count - 1].coins.append(
                    RefreshLink.LinkedCoin(
                        rsaPub: try row.blob("rsa_pub"), blindSignature: try row.blob("blind_sig"),
                        linkSignature: try row.bytes("link_sig")))
            }
            return links
        }
    }

    private static func refreshNumber(_ commitment: RefreshCommitment, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT id FROM refresh WHERE rc = ?", arguments: [commitment.data])
    }

    static func coins(of refresh: Int64, _ database: Database) throws -> [RefreshedCoin] {
        try Row.fetchAll(database, sql: "SELECT * FROM refresh_coin WHERE refresh = ? ORDER BY coin_index", arguments: [refresh]).map {
            RefreshedCoin(
                denominationHash: try $0.bytes("h_denom_pub"), envelope: try $0.blob("coin_ev"), linkSignature: try $0.bytes("link_sig"),
                blindSignature: try $0.blob("blind_sig"))
        }
    }
}

extension Row {
    fileprivate func candidateIndex() throws -> Int {
        let index = try integer("noreveal_index")
        guard (0...2).contains(index) else { throw ExchangeStoreError.damaged(column: "noreveal_index") }
        return Int(index)
    }
}
