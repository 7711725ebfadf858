// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

/// Every deposit that an exchange has, read from its file and not through its code.
struct ExchangeBooks {
    /// Coin to contribution, in units of 10^-8, by contract.
    let deposits: [ContractHash: [CoinPublicKey: Int64]]
    /// What was spent of each coin.
    let spent: [CoinPublicKey: Int64]

    init(file: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        (deposits, spent) = try DatabaseQueue(path: file, configuration: configuration).read { database in
            var deposits: [ContractHash: [CoinPublicKey: Int64]] = [:]
            let rows = try Row.fetchCursor(
                database, sql: "SELECT h_contract_terms, coin_pub, contribution FROM deposit JOIN deposit_coin ON deposit.id = deposit")
            while let row = try rows.next() {
                let contract = try ContractHash(row["h_contract_terms"] as Data)
                deposits[contract, default: [:]][try CoinPublicKey(row["coin_pub"] as Data)] = row["contribution"]
            }
            var spent: [CoinPublicKey: Int64] = [:]
            let coins = try Row.fetchCursor(database, sql: "SELECT coin_pub, spent FROM known_coin")
            while let row = try coins.next() { spent[try CoinPublicKey(row["coin_pub"] as Data)] = row["spent"] }
            return (deposits, spent)
        }
    }
}
