// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// What a request costs the shop, for those that are counted. Pages to look at, pictures and files are not.
enum RequestKind: String, Sendable, CaseIterable, CustomStringConvertible {
    /// Forms that change the cart or an order.
    case form
    /// What can make a new order, and so reserve stock and ask the backend for a signature.
    case order
    /// A wallet's payment, which goes on to the backend.
    case payment
    /// Pages and messages for which the backend is asked.
    case question
    case search

    init?(_ request: Request) {
        let first = request.path.first ?? ""
        let second = request.path.count > 1 ? request.path[1] : ""
        switch (request.method == .head ? .get : request.method, first, second) {
        case (.post, "taler", _): self = .payment
        case (.post, "checkout", _), (.get, "taler", "contract"): self = .order
        case (.get, "order", _), (.get, "fulfillment", _), (.get, "receipt", _), (.get, "taler", "refund"): self = .question
        case (.get, "", _) where !(request.query["q"] ?? "").isEmpty: self = .search
        case (.get, _, _): return nil
        default: self = .form
        }
    }

    var description: String { rawValue }

    /// For all browsers of a household, an office or a school.
    var ofNetwork: TokenBuckets.Rate {
        switch self {
        case .form: TokenBuckets.Rate(burst: 240, perHour: 3600)
        case .order: TokenBuckets.Rate(burst: 60, perHour: 360)
        case .payment: TokenBuckets.Rate(burst: 60, perHour: 720)
        case .question: TokenBuckets.Rate(burst: 600, perHour: 14_400)
        case .search: TokenBuckets.Rate(burst: 120, perHour: 3600)
        }
    }

    var ofSession: TokenBuckets.Rate {
        switch self {
        case .form: TokenBuckets.Rate(burst: 120, perHour: 1200)
        case .order: TokenBuckets.Rate(burst: 30, perHour: 180)
        case .payment: TokenBuckets.Rate(burst: 30, perHour: 360)
        case .question: TokenBuckets.Rate(burst: 300, perHour: 7200)
        case .search: TokenBuckets.Rate(burst: 60, perHour: 1200)
        }
    }
}
