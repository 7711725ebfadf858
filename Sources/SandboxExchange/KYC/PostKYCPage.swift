// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import TalerWire

/// The page's button.
struct PostKYCPage: Endpoint {
    static let route = Route(.post, "/kyc-spa/:access_token")
    let store: ExchangeStore
    let fulfilment: KYCFulfilment
    let baseURL: String

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let owner: KYCOwner
        do { owner = try await KYCOwner(path["access_token"], store) } catch let error as APIError where error.status < 500 {
            return KYCPage.refusal(error)
        }
        try await fulfilment.fulfil(owner)
        return Response(status: 303, fields: ["Location": "\(baseURL)kyc-spa/\(owner.token)"])
    }
}
