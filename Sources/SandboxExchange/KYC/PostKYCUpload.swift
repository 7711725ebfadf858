// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import TalerWire

/// Fulfils a requirement of `/kyc-info`; a sandbox looks at nothing that is sent.
struct PostKYCUpload: Endpoint {
    static let route = Route(.post, "/kyc-upload/:id")
    let store: ExchangeStore
    let fulfilment: KYCFulfilment

    /// - Throws: 400 / 29, 403 / 1919, 409 / 1941 for what was answered before, 404 / 1939 for what was never asked.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let parts = path["id"].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let owner = try await KYCOwner(parts.first.map(String.init) ?? "", store)
        guard parts.count == 2, let row = Int64(parts[1]), let requirement = owner.account.requirement, requirement.row == row else {
            throw APIError(.exchangeKycCheckRequestUnknown, hint: "That was never asked of this account.")
        }
        guard !requirement.isFulfilled else { throw APIError(.exchangeKycFormAlreadyUploaded) }
        try await fulfilment.fulfil(owner)
        return .noContent
    }
}
