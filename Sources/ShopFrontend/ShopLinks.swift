// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire
import WebSession

/// The shop's addresses. Those of what was bought are signed: whoever has the link may read it, on any device, as often as they like.
struct ShopLinks: Sendable {
    let settings: ShopSettings
    let signer: Signer

    private static let fulfillment = Signer.Purpose("fulfillment")
    private static let refund = Signer.Purpose("refund")
    private static let download = Signer.Purpose("download")

    /// The front page.
    var index: String { "\(settings.base)/" }
    func product(_ id: String) -> String { "\(settings.base)/product/\(id)" }
    func picture(_ name: String) -> String { "\(settings.base)/pictures/\(PercentEncoding.encode(name))" }
    func contract(product id: String) -> String { "\(settings.base)/taler/contract?product=\(id)" }

    /// The order's page, for the browser that it belongs to.
    func order(_ order: OrderID) -> String { "\(settings.base)/order/\(order)" }

    /// Relative to any page of the shop: the path from the root.
    func pay(_ order: OrderID) -> String { "\(settings.base)/taler/pay?order=\(order)" }
    func execute(_ order: OrderID) -> String { "\(settings.base)/taler/execute?order=\(order)" }

    func fulfillment(_ order: OrderID) -> String {
        "\(settings.base)/fulfillment/\(order)?key=\(orderKey(order))"
    }

    func download(_ order: OrderID) -> String {
        "\(settings.base)/download/\(order)?key=\(downloadKey(order))"
    }

    /// Where the wallet that paid asks what was given back.
    func refund(_ order: OrderID) -> String {
        "\(settings.base)/taler/refund?order=\(order)&key=\(signer.signature(of: order.text, for: Self.refund))"
    }

    /// Opens the order's own pages, those before the payment and those after it.
    func orderKey(_ order: OrderID) -> String { signer.signature(of: order.text, for: Self.fulfillment) }
    func downloadKey(_ order: OrderID) -> String { signer.signature(of: order.text, for: Self.download) }

    func isFulfillmentKey(_ key: String?, of order: OrderID) -> Bool {
        key.map { signer.isValid($0, of: order.text, for: Self.fulfillment) } ?? false
    }

    func isRefundKey(_ key: String?, of order: OrderID) -> Bool {
        key.map { signer.isValid($0, of: order.text, for: Self.refund) } ?? false
    }

    func isDownloadKey(_ key: String?, of order: OrderID) -> Bool {
        key.map { signer.isValid($0, of: order.text, for: Self.download) } ?? false
    }

    /// A path of the shop as a whole address.
    func absolute(_ path: String) -> String {
        settings.publicURL.dropLast(settings.base.count) + path
    }

    /// For a `Location`: whole when the request came to the public address, else a path, so that nobody is sent to another origin.
    func location(_ path: String, for request: Request) -> String {
        request.fields["Host"] == settings.host ? absolute(path) : path
    }
}
