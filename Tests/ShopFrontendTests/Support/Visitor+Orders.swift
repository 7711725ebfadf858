// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing
import WebSession

extension ShopBench.Visitor {
    /// The name of this browser's session, which it gets if it has none.
    func session() throws -> String {
        if let known = cookie?.firstMatch(of: /taler_shop_session=([^.]*)\./) { return String(known.output.1) }
        let session = SessionCookie.newSession()
        cookie = "taler_shop_session=\(bench.signer.sign(session, for: .session))"
        return session
    }

    /// An order of these lines, as a checkout makes it.
    func order(_ wanted: [OrderLine]? = nil, delivery: Delivery? = .home, language: String = "en") async throws -> Order {
        let session = try session()
        let lines = try wanted ?? [.essay(), .goods()]
        let total = try Amount.sum(lines.map(\.amount), in: try Currency("KUDOS"))
        let wish = Wish(session: session, lines: lines, amount: total, delivery: delivery, language: language)
        let now = bench.clock.now()
        return try await bench.store.checkOut(
            wish, of: try await bench.store.cart(session), checkout: SessionCookie.newSession(), at: now,
            heldUntil: now.advanced(bySeconds: 3600))
    }

    /// The page's first link, or form, that goes to an address with this beginning.
    func link(_ page: Response, _ beginning: String) throws -> String {
        let found = page.text.matches(of: /(?:href|action|data-state-url|data-refund-url|data-contract-url)="([^"]*)"/)
            .map { String($0.output.1).replacing("&amp;", with: "&") }
        return try #require(found.first { $0.hasPrefix(beginning) }, "no link to \(beginning)")
    }

    /// Sends a form of a page.
    func submit(_ page: Response, _ action: String) async throws -> Response {
        let token = try #require(page.text.firstMatch(of: /name="form_token" value="([^"]*)"/)?.output.1)
        return try await post(action, "form_token=\(token)")
    }

    func post(_ target: String, _ body: String) async throws -> Response {
        var fields: HTTPFields = ["Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"]
        if let cookie { fields["Cookie"] = cookie }
        let request = try #require(Request(.post, target, fields: fields, body: Array(body.utf8)))
        return await bench.shop.handler.handle(request)
    }

    /// Buys these lines, and gives the address of what was bought.
    func buy(_ lines: [OrderLine], delivery: Delivery? = .home, language: String = "en") async throws -> (order: Order, link: String) {
        let order = try await order(lines, delivery: delivery, language: language)
        let response = try await pay(try await offer("order=\(order.id)"))
        return (try #require(try await bench.store.order(order.id)), try #require(response.fields["Location"]))
    }
}

extension ShopBench {
    /// The pages of orders in every state, for who asks in a language and ordered in it.
    func orderPages(in language: String) async throws -> [String: Response] {
        let buyer = visitor()
        let lines: [OrderLine] = try [.essay(), .goods(), .file(), .donation(), .lost(), .sending()]
        var pages: [String: Response] = [:]
        func look(_ name: String, _ target: String, by visitor: Visitor) async throws {
            pages[name] = try await visitor.get(target, accept: "text/html", language: language)
        }
        let order = try await buyer.order(lines, language: language)
        try await look("order, open", "/order/\(order.id)", by: buyer)
        let offer = try await buyer.offer("order=\(order.id)")
        try await look("order, stranger", "/order/\(order.id)", by: visitor())
        let open = try #require(pages["order, open"])
        _ = try await buyer.submit(open, "/order/\(order.id)/cancel")
        try await look("order, closed", "/order/\(order.id)", by: buyer)
        _ = try await store.settle(try hash(offer), at: clock.now())
        try await look("order, returned", "/order/\(order.id)", by: buyer)
        let (bought, link) = try await buyer.buy(lines, language: language)
        try await look("parts", link, by: buyer)
        for position in 0..<5 { try await look("part \(position)", "/fulfillment/\(bought.id)/\(position)", by: buyer) }
        try giveBack("KUDOS:1", of: try #require(try await store.currentOffer(of: bought.id)?.contractHash), failed: "KUDOS:1")
        try await look("receipt", "/receipt/\(bought.id)", by: buyer)
        let (other, all) = (visitor(), try await visitor().buy(lines, language: language))
        try giveBack("\(all.order.amount)", of: try #require(try await store.currentOffer(of: all.order.id)?.contractHash))
        try await look("refunded", all.link, by: other)
        try await look("purchases", "/purchases", by: buyer)
        try await look("no purchases", "/purchases", by: visitor())
        return pages
    }

    /// The backend lists so much of the order's contract.
    func giveBack(_ amount: String, of order: Order, failed: String = "KUDOS:0") async throws {
        let hash = try #require(try await store.currentOffer(of: order.id)?.contractHash)
        try giveBack(amount, of: hash, failed: failed)
    }

    func giveBack(_ amount: String, of hash: ContractHash, failed: String = "KUDOS:0") throws {
        let refused = try Amount(failed)
        let part = RefundList.Part(
            coinPub: .zero, exchangeURL: "http://exchange/", refundAmount: refused, refundTransactionID: 1, status: .failed, origin: "shop")
        let list = RefundList(
            refundAmount: try Amount(amount), givenAmount: try Amount("KUDOS:0"), failedAmount: refused,
            refunds: refused.isZero ? [] : [part])
        let response = try Response.json(list)
        backend.set { $0.refunds["refund?H_contract=\(hash)"] = response }
    }
}

extension Delivery {
    static let home = Delivery(name: "Ada Byte", street: "Long Lane", streetNumber: "7", zipCode: "01067", city: "Testtown", country: "DE")
}

extension OrderLine {
    private static func line(
        _ product: String, _ title: String, _ kind: Kind, _ amount: String, quantity: Int = 1, tax: String? = nil, file: String? = nil,
        text: SoldText? = nil
    ) throws -> OrderLine {
        let unit = try Amount(amount)
        return OrderLine(
            product: product, number: 1, title: title, kind: kind, quantity: quantity, unitPrice: unit,
            amount: try unit.multiplied(by: UInt32(quantity)), taxes: try tax.map { [Tax(name: "VAT 19%", amount: try Amount($0))] } ?? [],
            file: file, deliveryDate: kind == .goods ? "in 3 to 5 days" : nil, text: text)
    }

    static func essay(_ title: String = "What Small Change Is For", text: SoldText? = nil) throws -> OrderLine {
        try line("small-change", title, .article, "KUDOS:0.5", tax: "KUDOS:0.08", text: text)
    }

    /// Something that the catalog does not have.
    static func lost(text: SoldText? = nil) throws -> OrderLine { try line("lost", "Lost Words", .article, "KUDOS:1", text: text) }

    static func goods() throws -> OrderLine { try line("cup", "A Mug", .goods, "KUDOS:4", quantity: 3, tax: "KUDOS:1.92") }

    static func file(_ name: String = "keep-it-to-yourself.svg", product: String = "pocket-zine") throws -> OrderLine {
        try line(product, "Pocket Zine", .download, "KUDOS:0.25", file: name)
    }

    static func donation() throws -> OrderLine { try line("keep-the-lamp-lit", "Keep the Lamp Lit", .donation, "KUDOS:5") }

    static func sending() throws -> OrderLine { try line("", "Delivery", .delivery, "KUDOS:2") }
}
