// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import MerchantCore
import MerchantStore
import TalerWire

/// Signs a frontend's proposition.
struct PostContract: Endpoint {
    static let route = Route(.post, "/contract")
    let offers: OfferService

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let proposition: ContractRequest = try request.message()
        let contract = try await offers.offer(proposition.contract)
        return try .json(
            ContractResponse(contract: contract.terms.json, signature: contract.signature, contractHash: contract.hash))
    }
}
