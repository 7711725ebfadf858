// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

/// Every payment that a backend knows of, read from its file and not through its code.
struct BackendBooks {
    struct Intent {
        let permission: Int64
        /// open, unconfirmed, accepted, refused.
        let state: String
        /// Contributions in units of 10^-8.
        var coins: [CoinPublicKey: Int64] = [:]

        /// The exchange has its coins, by the backend's word.
        var counts: Bool { state == "accepted" || state == "unconfirmed" }
    }

    struct Contract {
        /// In units of 10^-8.
        let price: Int64
        let isPaid: Bool
        var intents: [Intent] = []
    }

    let contracts: [ContractHash: Contract]

    init(file: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        contracts = try DatabaseQueue(path: file, configuration: configuration).read { database in
            var intents: [Int64: [Intent]] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT * FROM intent ORDER BY id") {
                var intent = Intent(permission: row["permission_id"], state: row["state"])
                for coin in try Row.fetchAll(
                    database, sql: "SELECT coin_pub, contribution FROM intent_coin WHERE intent_id = ?", arguments: [row["id"] as Int64])
                {
                    intent.coins[try CoinPublicKey(coin["coin_pub"] as Data)] = try Self.units(Amount(coin["contribution"] as String))
                }
                intents[row["contract_id"], default: []].append(intent)
            }
            var contracts: [ContractHash: Contract] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT id, h_contract, json, paid_at FROM contract") {
                let terms = try JSONParser.parse(row["json"] as String)
                let price: ClassicAmount = try (terms["amount"] ?? .null).decode()
                contracts[try ContractHash(row["h_contract"] as Data)] = Contract(
                    price: try Self.units(price.amount), isPaid: (row["paid_at"] as Int64?) != nil, intents: intents[row["id"]] ?? [])
            }
            return contracts
        }
    }

    private static func units(_ amount: Amount) throws -> Int64 { Int64(clamping: amount.units) }
}
