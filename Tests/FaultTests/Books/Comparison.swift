// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// The exchange's books beside the backend's, coin by coin.
struct Comparison {
    /// Contracts for which a permission was sent.
    private(set) var tried = 0
    private(set) var paid = 0
    private(set) var refused = 0
    /// Not known yet.
    private(set) var pending = 0
    /// Money that the exchange took and the backend does not know of, or that the backend counts and the exchange does not have.
    private(set) var lost: [String] = []
    /// Contracts that were paid by more than one permission.
    private(set) var double: [String] = []
    /// Pending, though the exchange has coins.
    private(set) var undecided: [String] = []

    /// - Parameters:
    ///   - triedContracts: for which a permission was sent.
    ///   - toldPaid: contracts whose buyer was told so, with the coins of the permission.
    init(
        exchange: ExchangeBooks, backend: BackendBooks, tried triedContracts: some Collection<ContractHash>,
        toldPaid: [(contract: ContractHash, coins: Set<CoinPublicKey>)] = []
    ) {
        tried = triedContracts.count
        for hash in triedContracts {
            guard let contract = backend.contracts[hash] else {
                // Known to nobody else than its buyer: refused, unless the exchange has money for it.
                if exchange.deposits[hash] == nil { refused += 1 } else { lost.append("\(hash): the backend does not know the contract") }
                continue
            }
            look(hash, contract, exchange.deposits[hash] ?? [:])
        }
        for hash in exchange.deposits.keys where backend.contracts[hash] == nil && !triedContracts.contains(hash) {
            lost.append("\(hash): the exchange has money for a contract that nobody knows")
        }
        for (hash, coins) in toldPaid {
            let taken = Set((exchange.deposits[hash] ?? [:]).keys)
            if !coins.isSubset(of: taken) { lost.append("\(hash): a buyer was told that it is paid, and the exchange lacks coins") }
            if backend.contracts[hash]?.isPaid != true { lost.append("\(hash): a buyer was told that it is paid, and it is not") }
        }
        var deposited: [CoinPublicKey: Int64] = [:]
        for coins in exchange.deposits.values { deposited.merge(coins, uniquingKeysWith: +) }
        for (coin, spent) in exchange.spent {
            let sum = deposited[coin] ?? 0
            if sum != spent { lost.append("\(coin): the exchange took \(spent) off it, its deposits are \(sum)") }
        }
    }

    private mutating func look(_ hash: ContractHash, _ contract: BackendBooks.Contract, _ taken: [CoinPublicKey: Int64]) {
        let isOpen = contract.intents.contains { $0.state == "open" }
        if contract.isPaid { paid += 1 } else if isOpen { pending += 1 } else { refused += 1 }
        var known: [CoinPublicKey: Int64] = [:]
        var permissions: Set<Int64> = []
        for intent in contract.intents where intent.counts || intent.state == "open" {
            for (coin, contribution) in intent.coins {
                if intent.counts, taken[coin] != contribution {
                    lost.append("\(hash): the backend counts \(coin) with \(contribution), the exchange has \(taken[coin] ?? 0)")
                }
                known[coin] = contribution
                if taken[coin] != nil { permissions.insert(intent.permission) }
            }
            if !intent.counts, intent.coins.keys.contains(where: { taken[$0] != nil }) {
                undecided.append("\(hash): the exchange has the coins, the backend still asks")
            }
        }
        for (coin, contribution) in taken where known[coin] != contribution {
            lost.append("\(hash): the exchange has \(contribution) of \(coin), the backend \(known[coin] ?? 0)")
        }
        if permissions.count > 1 { double.append("\(hash): coins of \(permissions.count) permissions were taken") }
        if contract.isPaid, taken.values.reduce(0, +) < contract.price { lost.append("\(hash): paid with less than its price") }
    }

    /// Both together.
    func adding(_ other: Comparison) -> Comparison {
        var sum = self
        sum.tried += other.tried
        sum.paid += other.paid
        sum.refused += other.refused
        sum.pending += other.pending
        sum.lost += other.lost
        sum.double += other.double
        sum.undecided += other.undecided
        return sum
    }

    /// `payments tried N paid N refused N pending N lost 0 double 0`
    var line: String {
        "payments tried \(tried) paid \(paid) refused \(refused) pending \(pending) lost \(lost.count) double \(double.count)"
    }
}
