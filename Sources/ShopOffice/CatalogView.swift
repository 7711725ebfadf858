// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore

/// What the back office asks of the shop's catalog, as it is at the moment of the question.
public struct CatalogView: Sendable {
    /// Nil for a product that the catalog does not have.
    public let title: @Sendable (_ product: String) -> String?
    /// What was wrong when the catalog was last read again, a line for each complaint; empty when the shop shows what is in the files.
    public let problems: @Sendable () -> [String]

    public init(title: @escaping @Sendable (_ product: String) -> String?, problems: @escaping @Sendable () -> [String] = { [] }) {
        self.title = title
        self.problems = problems
    }

    /// Of a catalog without products.
    static let none = CatalogView(title: { _ in nil })

    /// Of what was ordered: the catalog's own title, or the one that it was sold by, in its buyer's language, when the catalog does not have
    /// the product any more.
    func title(of line: OrderLine) -> String {
        if line.kind == .delivery { return line.kind.words }
        return (line.product.isEmpty ? nil : title(line.product)) ?? line.title
    }
}
