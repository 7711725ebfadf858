// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopCatalog
import ShopStore
import TalerWire

extension Product {
    /// The product as a position of an order.
    /// - Parameter amount: for the whole quantity.
    func line(quantity: Int, amount: Amount) -> OrderLine {
        let kind: OrderLine.Kind
        var file: String?
        switch self.kind {
        case .article: kind = .article
        case .download(let name): (kind, file) = (.download, name)
        case .donation: kind = .donation
        case .goods: kind = .goods
        }
        return OrderLine(
            product: id, number: number, title: title, kind: kind, quantity: quantity, unitPrice: quantity == 1 ? amount : price,
            amount: amount, file: file)
    }
}
