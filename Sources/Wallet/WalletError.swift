// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire
public import WalletStore

/// Why the wallet did not do what was asked, in words for its owner.
public enum WalletError: Error, Sendable, Equatable, CustomStringConvertible {
    case store(WalletStoreError)

    // Withdrawing
    /// No bank or no exchange is named, and none was used before.
    case unknownParty(String)
    case bankUnreachable(String)
    /// The bank may have paid.
    case bankUnclear(String)
    /// The bank said no; nothing was withdrawn.
    case bankRefused(String)
    /// The exchange's key was never pinned, and it was not said that it may be.
    case exchangeNotTrusted(url: String, key: MasterPublicKey)
    /// Another master key than the one that was pinned.
    case otherMasterKey(url: String, pinned: MasterPublicKey)
    /// Its `/keys` cannot be used, with the reason.
    case exchangeKeys(url: String, reason: String)
    case exchangeUnreachable(String)
    case exchangeRefused(status: Int, code: Int?, hint: String)
    /// The exchange answered what it must never answer.
    case exchangeMalformed(String)
    /// The exchange has no bank account to which the bank could pay.
    case noExchangeAccount(String)
    /// No coin is that small, or its fees would eat it.
    case amountTooSmall(Amount)
    /// It would be more than ``DenominationChoice/maximumCoins`` coins.
    case amountTooLarge(Amount)
    /// The bank has paid, but the exchange does not know it yet.
    case notArrived(Amount)
    /// Its owner wanted to let the bank pay; the exchange has got nothing yet.
    case notFilled(Amount)

    // Paying
    case address(String)
    case shopUnreachable(String)
    /// The shop has no offer for this, with its reason.
    case noOffer(status: Int, code: Int?, hint: String, fulfillmentURL: String?)
    case offerMalformed(String)
    /// `H_contract` is not the hash of the contract.
    case wrongHash
    /// The merchant whom the contract names has not signed it.
    case wrongSignature
    case expired(Timestamp)
    /// The shop's contract is for another amount than the one that the buyer chose.
    case otherAmount(chosen: Amount, asked: Amount)
    /// The price is above what the buyer has set as the most.
    case tooExpensive(price: Amount, maximum: Amount)
    /// The buyer was asked and did not agree.
    case declined(price: Amount)
    /// The payment would go to another server than the offer came from.
    case payElsewhere(String)
    /// The shop takes no coins of the wallet's exchanges.
    case noCommonExchange(shop: [String], wallet: [String])
    /// - Parameters:
    ///   - missing: what would have to be withdrawn, fees of coins that are not there yet not included.
    ///   - locked: what is in payments whose outcome is not known.
    case insufficient(price: Amount, available: Amount, missing: Amount, locked: Amount)
    /// It would take more coins than one payment may have.
    case tooManyCoins
    /// The payment is over and nothing was taken.
    /// - Parameter coin: the coin that the refusal is about.
    case refused(status: Int, code: Int?, hint: String, coin: CoinPublicKey?)
    /// The payment is over and nothing was taken, but the exchange has revoked coins of it.
    /// - Parameter lost: what was in these.
    case revoked(status: Int, code: Int?, hint: String, lost: Amount)
    /// The contract was paid before, but the shop does not lead to it now.
    case replayFailed(reason: String, fulfillmentURL: String?)
    /// It is not known whether the payment was taken; the coins stay locked.
    case unresolved(contract: ContractHash, reason: String)
    /// The contract has expired without an outcome, and the exchange has told of the coins.
    /// - Parameter isPaid: it has got them; otherwise they are free again.
    case givenUp(contract: ContractHash, isPaid: Bool)

    // Getting back
    /// The wallet has not paid this.
    case unknownPurchase(ContractHash)
    /// The shop does not tell what it gave back.
    case noRefunds(String)
    /// What the shop tells is not what the exchange signed.
    case refundsMalformed(String)

    public var description: String {
        switch self {
        case .store(let error): "\(error)"
        case .unknownParty(let what): "which \(what)? None was named, and none was used before"
        case .bankUnreachable(let reason): "the bank does not answer: \(reason)"
        case .bankUnclear(let reason): "it is not known whether the bank has paid (\(reason)); the next command finds out and goes on"
        case .bankRefused(let reason): "the bank refused the withdrawal: \(reason)"
        case .exchangeNotTrusted(let url, let key):
            """
            the exchange \(url) says that its master key is
              \(key)
            Check it with the exchange's operator, then give it as --exchange-key, or accept it with --trust-exchange
            """
        case .otherMasterKey(let url, let pinned): "the exchange \(url) is known by another master key, \(pinned)"
        case .exchangeKeys(let url, let reason): "the exchange \(url) cannot be used: \(reason)"
        case .exchangeUnreachable(let reason): "the exchange does not answer: \(reason)"
        case .exchangeRefused(let status, let code, let hint): "the exchange refused: \(hint) (\(Self.numbers(status, code)))"
        case .exchangeMalformed(let reason): "the exchange answered what it must not answer: \(reason)"
        case .noExchangeAccount(let url): "the exchange \(url) has no account that this bank could pay"
        case .amountTooSmall(let amount): "\(amount) is too little for a coin and its fees"
        case .amountTooLarge(let amount): "\(amount) would be more than \(DenominationChoice.maximumCoins) coins; withdraw it in parts"
        case .notArrived(let amount):
            "the bank has paid \(amount), but the exchange has not seen it yet; the next command goes on with it"
        case .notFilled(let amount):
            "\(amount) has not arrived at the exchange; confirm it at the bank's page if you have not, then `wallet retry` fetches it"
        case .address(let reason): "not a usable address: \(reason)"
        case .shopUnreachable(let reason): "the shop does not answer: \(reason)"
        case .noOffer(let status, let code, let hint, let fulfillment):
            "the shop makes no offer: \(hint) (\(Self.numbers(status, code)))" + (fulfillment.map { "; what was bought is at \($0)" } ?? "")
        case .offerMalformed(let reason): "the shop's offer is not as it must be: \(reason)"
        case .wrongHash: "the contract was changed on its way: its hash is not the one that came with it. Nothing was paid"
        case .wrongSignature: "the contract is not signed by the merchant that it names. Nothing was paid"
        case .expired(let time): "the offer has expired (\(time.words)). Nothing was paid"
        case .otherAmount(let chosen, let asked): "the shop asks for \(asked), you chose \(chosen). Nothing was paid"
        case .tooExpensive(let price, let maximum): "the shop asks for \(price), more than \(maximum). Nothing was paid"
        case .declined(let price): "\(price) was not agreed to. Nothing was paid"
        case .payElsewhere(let url): "the payment would go to another site, \(url). Nothing was paid"
        case .noCommonExchange(let shop, let wallet):
            "the shop takes coins of \(Self.list(shop)), but the wallet has coins of \(Self.list(wallet))"
        case .insufficient(let price, let available, let missing, let locked):
            "not enough money: the price is \(price), the wallet has \(available), \(missing) is missing"
                + (locked.isZero ? "" : "; \(locked) is in payments whose outcome is not known, see `wallet retry`")
        case .tooManyCoins: "the price would take more coins than one payment may have"
        case .refused(let status, let code, let hint, let coin):
            "the payment was refused: \(hint) (\(Self.numbers(status, code)))"
                + (coin.map { ". The coin \($0) is out of the wallet's use; the others are free again" } ?? ". The coins are free again")
        case .revoked(let status, let code, let hint, let lost):
            "the payment was refused: \(hint) (\(Self.numbers(status, code))). \(lost) was in coins revoked by the exchange: worth nothing. "
                + "The other coins are free again"
        case .replayFailed(let reason, let url):
            "this is paid already, but the shop does not lead to it now: \(reason)" + (url.map { "; it was at \($0)" } ?? "")
        case .unresolved(let contract, let reason):
            """
            it is not known whether the payment was taken: \(reason)
              its coins stay reserved for the contract \(contract)
              `wallet retry`, or the same `wallet pay`, sends the same payment again and never pays twice
            """
        case .givenUp(let contract, let isPaid):
            isPaid
                ? "the contract \(contract) has expired, and the exchange has its coins: it is paid, though the shop never said so"
                : "the contract \(contract) has expired without an outcome, and the exchange has not got its coins: they are free again"
        case .unknownPurchase(let contract): "the contract \(contract) was never paid by this wallet"
        case .noRefunds(let reason): "the shop does not tell what it gave back: \(reason)"
        case .refundsMalformed(let reason): "the shop's list of refunds is not to be believed: \(reason)"
        }
    }

    /// For people.
    static func numbers(_ status: Int?, _ code: Int?) -> String {
        guard let status else { return code.map { "code \($0)" } ?? "it is not told why" }
        return "status \(status)" + (code.map { ", code \($0)" } ?? "")
    }

    private static func list(_ urls: [String]) -> String { urls.isEmpty ? "none" : urls.joined(separator: ", ") }

    /// Runs code of the wallet, and makes every error one of these.
    static func wrapping<Result>(_ body: () async throws -> Result) async throws(WalletError) -> Result {
        do { return try await body() } catch let error as WalletError { throw error } catch let error as WalletStoreError {
            throw .store(error)
        } catch { throw .store(.corrupt("\(error)")) }
    }
}
