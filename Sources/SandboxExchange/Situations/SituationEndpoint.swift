// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// Requests that belong together.
public enum SituationEndpoint: String, CaseIterable, Sendable, Hashable {
    case config
    case keys
    case reserve
    case withdraw
    case deposit
    case track
    case transfer
    case refund
    case history
    case melt
    case reveal
    case link
    case kyc

    /// Method and path of its requests, for people.
    public var route: String {
        switch self {
        case .config: "GET /config"
        case .keys: "GET /keys"
        case .reserve: "GET /reserves/…"
        case .withdraw: "POST /reserves/…/batch-withdraw"
        case .deposit: "POST /batch-deposit"
        case .track: "GET /deposits/…"
        case .transfer: "GET /transfers/…"
        case .refund: "POST /coins/…/refund"
        case .history: "GET /coins/…/history"
        case .melt: "POST /coins/…/melt"
        case .reveal: "POST /refreshes/…/reveal"
        case .link: "GET /coins/…/link"
        case .kyc: "/kyc-check/…, /kyc-info/…, /kyc-spa/…, /kyc-upload/…"
        }
    }

    /// Nil for what belongs to none.
    init?(_ request: Request) {
        let path = request.path
        let isPost = request.method == .post
        switch (path.first ?? "", path.count > 2 ? path.last ?? "" : "") {
        case ("config", _): self = .config
        case ("keys", _): self = .keys
        case ("batch-deposit", _): self = .deposit
        case ("deposits", _): self = .track
        case ("transfers", _): self = .transfer
        case ("reserves", _): self = isPost ? .withdraw : .reserve
        case ("coins", "refund"): self = .refund
        case ("coins", "history"), ("coin", "history"): self = .history
        case ("coins", "melt"): self = .melt
        case ("coins", "link"): self = .link
        case ("refreshes", "reveal"): self = .reveal
        case (let first, _) where first.hasPrefix("kyc-"): self = .kyc
        default: return nil
        }
    }
}
