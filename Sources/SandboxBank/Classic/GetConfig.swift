// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import HTTPCore
import TalerWire

/// What a wallet or a test must know of this bank.
struct GetConfig: Endpoint {
    static let route = Route(.get, "/config")
    let bank: Bank

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try .json(
            BankConfig(
                version: "0:0:0", name: "taler-sandbox-bank", currency: bank.settings.currency.text,
                suggestedExchange: bank.settings.defaultExchange?.url, registerBonus: bank.settings.registerBonus?.description))
    }
}
