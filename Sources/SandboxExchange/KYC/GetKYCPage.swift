// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import TalerWire

/// What the owner of an account is asked, for people.
struct GetKYCPage: Endpoint {
    static let route = Route(.get, "/kyc-spa/:access_token")
    let store: ExchangeStore

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        do { return KYCPage.response(try await KYCOwner(path["access_token"], store)) } catch let error as APIError where error.status < 500
        {
            return KYCPage.refusal(error)
        }
    }
}
