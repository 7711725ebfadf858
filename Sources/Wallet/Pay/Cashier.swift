// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import WalletStore

/// Pays offers: signs, stores, posts, and learns what came of it.
struct Cashier: Sendable {
    let store: WalletStore
    let clock: any WallClock
    let judge: CoinJudge
    let report: @Sendable (WalletStep) -> Void

    /// Pays an offer; one that was paid before, or is being paid, is sent again with the same coins.
    func pay(
        _ offer: Offer, wish: PurchaseWish, limit: PriceLimit = PriceLimit(), in session: inout ShopSession
    ) async throws -> Purchase {
        let terms = offer.terms
        report(.offer(summary: terms.words, merchant: terms.merchantName, amount: terms.amount.amount))
        report(.contract(offer.hash))
        if let chosen = wish.amount, chosen != terms.amount.amount {
            throw WalletError.otherAmount(chosen: chosen, asked: terms.amount.amount)
        }
        if let known = try await store.livePurchase(offer.hash) {
            report(.replay(offer.hash))
            return try await send(known, isReplay: true, in: &session)
        }
        guard clock.now() < terms.expiry.time else { throw WalletError.expired(terms.expiry.time) }
        try await check(terms, limit)
        let choice = try await CoinPurse(store: store, clock: clock).choose(for: terms)
        let payment = try SignedPayment(offer, exchange: choice.exchange, coins: choice.coins)
        let permission: String
        do { permission = try JSONValue(encoding: payment.permission).text } catch {
            throw WalletError.offerMalformed("\(error)".printable)
        }
        let purchase = try await store.recordPurchase(
            NewPurchase(
                contractHash: offer.hash, contract: offer.contract, signature: offer.signature, wish: wish, payURL: offer.payAddress.text,
                exchange: choice.exchange, amount: terms.amount.amount, fees: choice.fees,
                summary: "\(terms.words), from \(terms.merchantName)", permission: permission, coins: payment.coins),
            now: clock.now())
        report(
            .paying(
                amount: purchase.amount, coins: payment.coins.count, exchange: purchase.exchangeURL, fees: choice.fees,
                buyerPays: try purchase.paid.subtracting(purchase.amount)))
        return try await send(purchase, isReplay: false, in: &session)
    }

    private func check(_ terms: OfferTerms, _ limit: PriceLimit) async throws {
        let price = terms.amount.amount
        if let maximum = limit.maximum, price.currency != maximum.currency || price.units > maximum.units {
            throw WalletError.tooExpensive(price: price, maximum: maximum)
        }
        guard await limit.agrees(price, terms.words, terms.merchantName) else { throw WalletError.declined(price: price) }
    }

    /// Posts the stored permission, as often as it takes.
    /// - Throws: ``WalletError/refused(status:code:hint:coin:)`` or `revoked` when it is over, ``WalletError/unresolved(contract:reason:)`` when not,
    ///   ``WalletError/replayFailed(reason:fulfillmentURL:)`` for what was paid before.
    func send(_ purchase: StoredPurchase, isReplay: Bool, in session: inout ShopSession) async throws -> Purchase {
        guard let address = WebAddress(purchase.payURL), address.origin == session.shop.origin else {
            throw WalletError.payElsewhere(purchase.payURL.printable)
        }
        report(.posting(url: address.text))
        var answer: PaymentAnswer
        do { answer = PaymentAnswer(try await session.post(purchase.permission, to: address), from: address) } catch {
            answer = .unresolved("the shop does not answer: \(error.words)")
        }
        if isReplay, purchase.state == .unresolved { answer = answer.afterDoubt() }
        switch (answer, purchase.state) {
        case (.paid(let link), _):
            let page = link.flatMap(address.resolving).flatMap { $0.origin == address.origin ? $0 : nil }
            let paid = try await store.purchaseIsPaid(purchase, fulfillmentURL: page?.text, now: clock.now())
            report(.paid(paid.amount, contract: paid.contractHash))
            return try await fulfill(paid, page, isReplay: isReplay, in: &session)
        // What was paid stays paid, whatever a shop says later.
        case (.refused(_, _, let reason, _), .paid(let url)), (.unresolved(let reason), .paid(let url)):
            throw WalletError.replayFailed(reason: reason, fulfillmentURL: url)
        case (.refused(let status, let code, let hint, let coin), _):
            let judgement: CoinJudgement
            do { judgement = try await judge.judgement(on: coin, of: purchase, code: code) } catch let error as WalletError {
                let reason = "\(hint) (\(WalletError.numbers(status, code))), and the exchange does not tell of the coin: \(error)"
                try await store.attemptFailed(purchase, reason)
                throw WalletError.unresolved(contract: purchase.contractHash, reason: reason)
            }
            let isOurs = try await store.purchaseIsRefused(purchase, reason: hint, named: coin, judgement: judgement, now: clock.now())
            let revoked = try await judge.revokedCoins(of: purchase, code: code)
            guard revoked.isEmpty else {
                try await store.setAside(revoked)
                let lost = try Amount.sum(revoked.map(\.remaining), in: purchase.amount.currency)
                throw WalletError.revoked(status: status, code: code, hint: hint, lost: lost)
            }
            throw WalletError.refused(status: status, code: code, hint: hint, coin: isOurs ? coin : nil)
        case (.unresolved(let reason), _):
            try await store.attemptFailed(purchase, reason)
            throw WalletError.unresolved(contract: purchase.contractHash, reason: reason)
        }
    }

    private func fulfill(
        _ purchase: StoredPurchase, _ page: WebAddress?, isReplay: Bool, in session: inout ShopSession
    ) async throws -> Purchase {
        let found: (address: WebAddress, response: Response)? = if let page { await session.page(page) } else { nil }
        if let found, found.address != page {
            _ = try await store.purchaseIsPaid(purchase, fulfillmentURL: found.address.text, now: clock.now())
        }
        if let found, let link = found.address.refundLink(found.response) {
            try await store.refundAddress(of: purchase, is: link.text)
        }
        let url = found?.address.text ?? page?.text
        if let url { report(.fulfillment(url: url)) }
        return Purchase(
            contractHash: purchase.contractHash, amount: purchase.amount, paid: purchase.paid, exchangeURL: purchase.exchangeURL,
            isReplay: isReplay, fulfillmentURL: url, status: found?.response.status,
            pageText: found.map { String(decoding: $0.response.body, as: UTF8.self) } ?? "")
    }
}
