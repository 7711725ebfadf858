// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import Logging
import MerchantAPI
import Pages
import ShopOffice
import ShopStore
import Sodium
import TalerWire
import TestSupport
import WebSession

/// A back office with its real templates, an empty store, a clock that stands still and a backend that does as it is told.
struct OfficeBench {
    static let token = "the-token-of-this-very-office"
    static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardized.path

    /// The office's own files, read once for all tests.
    private static let templates = Result { try Office.templates(folder: root + "/office-pages/templates") }
    private static let staticFiles = Result { try StaticFiles(folder: root + "/office-pages/static") }

    let clock: FixedClock
    let store: ShopStore
    let backend = OfficeBackend()
    let office: Office

    init(
        publicURL: String = "http://office.example:8090/", shopName: String = "The Quiet Press", isBehindProxy: Bool = false,
        store: ShopStore? = nil, catalog: CatalogView = CatalogView(title: { _ in nil })
    ) throws {
        clock = FixedClock(try Timestamp(seconds: 1_800_000_000))
        self.store = try store ?? ShopStore.inMemory()
        var settings = OfficeSettings(
            shopName: shopName, publicURL: publicURL, shopURL: "http://shop.example:8080/", smallestUnit: try Amount("KUDOS:0.01"))
        settings.isBehindProxy = isBehindProxy
        guard let token = OfficeToken(Self.token) else { throw APIError(.genericInternalInvariantFailure) }
        office = Office(
            settings: settings, templates: try Self.templates.get(), staticFiles: try Self.staticFiles.get(), store: self.store,
            backend: MerchantClient(baseURL: "http://backend/", token: "token", sender: backend),
            catalog: catalog, token: token,
            signer: try Signer(key: .random(count: 32)), clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// - Parameter address: nil for a UNIX socket.
    func browser(at address: String? = "192.0.2.1") -> OfficeBrowser { OfficeBrowser(handler: office.handler, address: address) }

    /// A browser in which the owner has logged in.
    func owner(at address: String? = "192.0.2.1") async throws -> OfficeBrowser {
        var browser = browser(at: address)
        try await browser.logIn()
        return browser
    }

    // MARK: orders

    /// A line of goods, unless told otherwise.
    static func line(
        _ product: String = "tally-sticks", title: String = "Tally Sticks", kind: OrderLine.Kind = .goods, quantity: Int = 1,
        price: String = "KUDOS:4"
    ) throws -> OrderLine {
        let unit = try Amount(price)
        return OrderLine(
            product: product, number: 1, title: title, kind: kind, quantity: quantity, unitPrice: unit,
            amount: try unit.multiplied(by: UInt32(quantity)), taxes: [.init(name: "VAT", amount: try Amount("KUDOS:0.5"))])
    }

    static let address = Delivery(
        name: "Ada Lovelace", street: "Dorset Street", streetNumber: "1", zipCode: "W1", city: "Łódź", country: "GB")

    /// An open order.
    func order(
        _ lines: [OrderLine], session: String = "session", delivery: Delivery? = nil, at time: Timestamp? = nil
    ) async throws -> Order {
        let amount = try Amount.sum(lines.map(\.amount), in: try Currency("KUDOS"))
        let time = time ?? clock.now()
        return try await store.order(
            for: Wish(session: session, lines: lines, amount: amount, delivery: delivery), at: time,
            heldUntil: time.advanced(bySeconds: 3600))
    }

    /// A contract for an order, which the backend knows as well.
    func offer(_ order: Order, _ number: UInt8 = 1) async throws -> Offer {
        let time = order.created
        let contract: JSONValue = [
            "timestamp": time.classicJSON, "refund_deadline": time.advanced(bySeconds: 86_400).classicJSON,
            "transaction_id": .integer(Int64(number)),
        ]
        let offer = Offer(
            transactionID: Int64(number), order: order.id, contract: contract.text, signature: .zero,
            contractHash: try ContractHash([UInt8](repeating: number, count: 64)), expiry: time.advanced(bySeconds: 3600))
        _ = try await store.attach(offer, replacing: order.currentTransaction)
        backend.set {
            $0.statuses[offer.contractHash] = OrderStatus(
                contractHash: offer.contractHash, transactionID: offer.transactionID, state: .offered, contract: contract,
                amount: order.amount, maximumFee: .zero(order.amount.currency), expiry: offer.expiry, paidAt: nil, deposits: [])
        }
        return offer
    }

    /// An order that is paid, in the shop's books and in the backend's.
    func paidOrder(
        _ lines: [OrderLine]? = nil, number: UInt8 = 1, session: String = "session", delivery: Delivery? = nil
    ) async throws -> Order {
        let order = try await order(try lines ?? [Self.line()], session: session, delivery: delivery)
        let offer = try await offer(order, number)
        _ = try await store.settle(offer.contractHash, at: clock.now())
        let now = clock.now()
        backend.set {
            $0.statuses[offer.contractHash]?.state = .paid
            $0.statuses[offer.contractHash]?.paidAt = now
        }
        guard let paid = try await store.order(order.id) else { throw ShopStoreError.unknownOrder }
        return paid
    }
}
