// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import MerchantAPI
import TalerWire
import WalletStore

/// Asks shops what they gave back, and believes the exchange's signatures alone.
struct RefundDesk: Sendable {
    let store: WalletStore
    let sender: any Sender
    let clock: any WallClock
    let trust: ExchangeTrust
    let report: @Sendable (WalletStep) -> Void

    /// What of a purchase came back and was not known yet, credited to its coins.
    /// - Returns: and what is wrong with other parts: `refundsMalformed` when what the shop tells is not signed by the exchange.
    /// - Throws: ``WalletError``: `noRefunds` when the shop does not tell; then nothing is credited.
    func collect(_ purchase: StoredPurchase) async throws -> (news: [StoredRefund], doubt: WalletError?) {
        let list = try await list(purchase)
        let terms = try purchase.contract.decode(as: OfferTerms.self)
        if let named = list.merchantPub, named != terms.merchantPub { throw WalletError.refundsMalformed("another merchant's") }
        for part in list.refunds where part.status == .failed {
            report(
                .notRefunded(
                    part.refundAmount, summary: purchase.summary, status: part.exchangeStatus,
                    code: part.code.flatMap { Int(exactly: $0) }))
        }
        let accepted = list.refunds.filter { $0.status == .accepted }
        guard !accepted.isEmpty, let exchange = try await store.exchange(at: purchase.exchangeURL) else {
            return ([], nil)
        }
        let keys = try await trust.keys(of: exchange)
        let coins = Dictionary(try await store.coins(of: purchase).map { ($0.coinPub, $0) }) { first, _ in first }
        var proven: [NewRefund] = []
        var doubt: WalletError?
        for part in accepted {
            do {
                guard let coin = coins[part.coinPub] else { throw WalletError.refundsMalformed("a coin that has not paid this") }
                proven.append(try refund(part, of: coin, for: purchase.contractHash, terms.merchantPub, keys))
            } catch let error as WalletError { doubt = error }
        }
        let news = try await store.credit(proven, to: purchase, now: clock.now())
        if !news.isEmpty {
            report(
                .refund(summary: purchase.summary, credited: try Amount.sum(news.map(\.credited), in: purchase.amount.currency)))
        }
        return (news, doubt)
    }

    /// A part of the list, if the exchange has signed it (1038). The coin gets the amount without the refund fee.
    private func refund(
        _ part: RefundList.Part, of coin: StoredCoin, for contract: ContractHash, _ merchant: MerchantPublicKey, _ keys: VerifiedKeys
    ) throws -> NewRefund {
        guard let key = part.exchangePub, let signature = part.exchangeSignature else {
            throw WalletError.refundsMalformed("a part without the exchange's signature")
        }
        let confirmation = RefundConfirmation(
            contractHash: contract, coinPub: part.coinPub, merchantPub: merchant, refundTransactionID: part.refundTransactionID,
            refundAmount: part.refundAmount)
        do throws(AnswerFailure) {
            try RefundVerification.check(confirmation, signature, by: key, keys: keys, now: clock.now())
        } catch { throw WalletError.refundsMalformed("\(error)") }
        guard let denomination = keys.denominations[coin.denomination.hash] else {
            throw WalletError.refundsMalformed("a coin of a kind that the exchange does not list any more")
        }
        guard let credited = try? part.refundAmount.subtracting(denomination.feeRefund) else {
            throw WalletError.refundsMalformed("less than the refund fee")
        }
        return NewRefund(
            coinPub: part.coinPub, transactionID: part.refundTransactionID, amount: part.refundAmount, credited: credited,
            exchangePub: key, exchangeSignature: signature)
    }

    /// The shop's list for this very contract.
    private func list(_ purchase: StoredPurchase) async throws -> RefundList {
        var session = ShopSession(shop: try WebAddress.ofShop(purchase.wish.shopURL), sender: sender)
        let address = try await address(purchase, in: &session)
        let list = try await fetch(address, in: &session)
        guard let other = list.contractHash, other != purchase.contractHash else { return list }
        // An order may have been paid by two contracts.
        guard let named = address.adding("H_contract=\(purchase.contractHash)") else { throw WalletError.address(address.text) }
        let second = try await fetch(named, in: &session)
        guard second.contractHash == purchase.contractHash else { throw WalletError.refundsMalformed("another contract's") }
        return second
    }

    private func fetch(_ address: WebAddress, in session: inout ShopSession) async throws -> RefundList {
        let response: Response
        do { response = try await session.get(address) } catch { throw WalletError.shopUnreachable(error.words) }
        guard response.status == 200 else {
            throw WalletError.noRefunds("\(response.refusalHint) (status \(response.status))")
        }
        do { return try response.json().decode(as: RefundList.self) } catch {
            throw WalletError.refundsMalformed("\(error)".printable)
        }
    }

    /// Where the shop tells it: as it has said before, or as the page of what was bought says now.
    private func address(_ purchase: StoredPurchase, in session: inout ShopSession) async throws -> WebAddress {
        if let known = purchase.refundURL.flatMap({ WebAddress($0) }) { return known }
        if case .paid(let url?) = purchase.state, let page = WebAddress(url), let found = await session.page(page),
            let link = found.address.refundLink(found.response)
        {
            try await store.refundAddress(of: purchase, is: link.text)
            return link
        }
        throw WalletError.noRefunds("its pages do not say where it tells of refunds")
    }
}

extension WebAddress {
    /// Where the shop tells what it gave back, out of the answer with the page at this address; nil when it does not say, or names another
    /// site.
    func refundLink(_ response: Response) -> WebAddress? {
        LinkField.target("taler-refund", in: response.fields.all("Link")).flatMap(resolving).flatMap { $0.origin == origin ? $0 : nil }
    }
}
