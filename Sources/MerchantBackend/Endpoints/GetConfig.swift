// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantCore
import TalerWire

/// What this backend is and takes; needs no token.
struct GetConfig: Endpoint {
    static let route = Route(.get, "/config")
    let identity: MerchantIdentity

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        Response(json: [
            "name": "taler-merchant-classic", "version": "1:0:0", "currency": .string(identity.money.currency.text),
            "merchant_pub": identity.publicKey.json,
            "exchanges": .array(
                identity.exchanges.map {
                    ["base_url": .string($0.baseURL), "master_pub": $0.masterPub.json, "currency": .string(identity.money.currency.text)]
                }),
        ])
    }
}
