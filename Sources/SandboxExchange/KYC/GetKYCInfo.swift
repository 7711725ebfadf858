// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import TalerWire

/// What the owner of an account is asked, for programs.
struct GetKYCInfo: Endpoint {
    static let route = Route(.get, "/kyc-info/:access_token")
    let store: ExchangeStore

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let owner = try await KYCOwner(path["access_token"], store)
        let requirements: [JSONValue] =
            owner.requirementID.map { id in
                [
                    .object([
                        "form": "sandbox", "id": .string(id), "context": .object([:]),
                        "description": "A sandbox asks for your consent only.",
                        "description_i18n": .object([:]),
                    ])
                ]
            } ?? []
        return Response(
            json: .object([
                "requirements": .array(requirements), "is_and_combinator": .bool(true), "voluntary_measures": .array([]),
            ]))
    }
}
