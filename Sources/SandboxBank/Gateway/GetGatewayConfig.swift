// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import HTTPCore
import TalerWire

/// `config` of the wire gateway.
struct GetGatewayConfig: Endpoint {
    static let route = Route(.get, "/accounts/:name/taler-wire-gateway/config")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        _ = try await bank.login.account(request, named: path["name"])
        return try .json(
            WireGatewayConfig(
                version: "3:0:3", name: "taler-wire-gateway", currency: bank.settings.currency.text, implementation: Bank.implementation))
    }
}
