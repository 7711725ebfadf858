// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import MerchantStore
import TalerWire

/// 200 when contracts can be signed and paid, 503 when the database does not answer; needs no token.
struct GetHealth: Endpoint {
    static let route = Route(.get, "/health")
    let store: MerchantStore
    let directory: ExchangeDirectory

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        do { try await store.check() } catch {
            throw APIError(.genericDbFetchFailed, hint: "The database does not answer.", status: 503)
        }
        var exchanges: [JSONValue] = []
        for entry in directory.entries {
            let state = await directory.state(of: entry.baseURL)
            exchanges.append(["base_url": .string(entry.baseURL), "keys": .bool(state.keys != nil)])
        }
        return Response(json: ["status": "ok", "exchanges": .array(exchanges)])
    }
}
