// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire
public import WalletStore

/// What the wallet has just done or found, for its owner to read along.
public enum WalletStep: Sendable, Equatable, CustomStringConvertible {
    case exchange(url: String, key: MasterPublicKey)
    case bankAccount(name: String, bank: String)
    case reserve(ReservePublicKey, amount: Amount)
    case bankPaid(amount: Amount, account: String)
    case waiting(ReservePublicKey)
    case planned(coins: Int, value: Amount, fees: Amount, rest: Amount)
    case coins(count: Int, value: Amount)
    case resuming(ReservePublicKey, amount: Amount)
    case notResumed(ReservePublicKey, reason: String)
    case offer(summary: String, merchant: String, amount: Amount)
    case contract(ContractHash)
    case replay(ContractHash)
    case paying(amount: Amount, coins: Int, exchange: String, fees: Amount, buyerPays: Amount)
    case posting(url: String)
    case paid(Amount, contract: ContractHash)
    case fulfillment(url: String)
    case refreshing(amount: Amount, fees: Amount, reason: StoredRefresh.Reason)
    case refreshed(coins: Int, value: Amount)
    case resumingRefresh(Amount)
    case tooSmallToRefresh(Amount)
    /// - Parameter amount: nil when it is not known which coin it was about.
    case notRefreshed(Amount?, reason: String)
    /// A coin that was set aside is worth this by the exchange's word.
    case reconsidered(Amount)
    case staysAside(Amount, reason: String)
    case refund(summary: String, credited: Amount)
    /// - Parameters:
    ///   - status: the exchange's, as the shop tells it.
    ///   - code: the exchange's.
    case notRefunded(Amount, summary: String, status: Int?, code: Int?)
    case givenUp(ContractHash, freed: Amount)
    case wasPaid(ContractHash)
    case notGivenUp(ContractHash, reason: String)

    public var description: String {
        switch self {
        case .exchange(let url, let key): "exchange     \(url), its keys verified down to the master key \(key)"
        case .bankAccount(let name, let bank): "bank         account \(name) opened at \(bank)"
        case .reserve(let key, let amount): "reserve      \(key) for \(amount)"
        case .bankPaid(let amount, let account): "bank         \(amount) paid to \(account)"
        case .waiting(let key): "exchange     waiting for the money of \(key)"
        case .planned(let coins, let value, let fees, let rest):
            "planned      \(coins.coinWords) worth \(value), withdrawal fees \(fees)"
                + (rest.isZero ? "" : ", \(rest) stays in the reserve")
        case .coins(let count, let value): "coins        \(count) signed by the exchange and verified, worth \(value)"
        case .resuming(let key, let amount): "resuming     reserve \(key) for \(amount)"
        case .notResumed(let key, let reason): "unfinished   reserve \(key): \(reason)"
        case .offer(let summary, let merchant, let amount): "offer        \(summary), from \(merchant), for \(amount)"
        case .contract(let hash): "contract     H_contract \(hash), its signature verified"
        case .replay(let hash): "again        H_contract \(hash): the same payment is sent again"
        case .paying(let amount, let coins, let exchange, let fees, let buyerPays):
            "paying       \(amount) with \(coins.coinWords) of \(exchange), deposit fees \(fees), of which you bear \(buyerPays)"
        case .posting(let url): "sending      to \(url)"
        case .paid(let amount, let contract): "paid         \(amount), H_contract \(contract)"
        case .fulfillment(let url): "fulfillment  \(url)"
        case .refreshing(let amount, let fees, let reason): "refreshing   \(amount) of \(reason.words), fees \(fees)"
        case .refreshed(let coins, let value): "refreshed    \(coins) fresh \(coins == 1 ? "coin" : "coins"), verified, worth \(value)"
        case .resumingRefresh(let amount): "resuming     the refresh of \(amount)"
        case .tooSmallToRefresh(let amount): "left         \(amount): too little for the fees of a refresh, it can be spent as it is"
        case .notRefreshed(let amount, let reason): "unfinished   the refresh\(amount.map { " of \($0)" } ?? ""): \(reason)"
        case .reconsidered(let amount): "reconsidered a coin that was set aside: by the exchange's word it is worth \(amount)"
        case .staysAside(let amount, let reason): "set aside    a coin over \(amount): \(reason)"
        case .refund(let summary, let credited): "refund       \(credited) for \(summary)"
        case .notRefunded(let amount, let summary, let status, let code):
            "not refunded \(amount) for \(summary): the exchange refused it (\(WalletError.numbers(status, code)))"
        case .givenUp(let hash, let freed): "given up     H_contract \(hash): it has expired, and \(freed) is free again"
        case .wasPaid(let hash): "paid         H_contract \(hash): the exchange has the coins, though the shop never said so"
        case .notGivenUp(let hash, let reason): "unfinished   H_contract \(hash) has expired: \(reason)"
        }
    }
}

extension StoredRefresh.Reason {
    /// For people: what was refreshed.
    var words: String {
        switch self {
        case .rest: "what a payment has left of a coin"
        case .refunded: "a coin that got money back"
        case .expiring: "a coin that expires soon"
        case .exposed: "a coin of a payment that was given up"
        }
    }
}
