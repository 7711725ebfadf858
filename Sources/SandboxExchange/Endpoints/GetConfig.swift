// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import HTTPCore
import TalerWire

struct GetConfig: Endpoint {
    static let route = Route(.get, "/config")
    let configuration: ExchangeConfiguration

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        var response = try Response.json(
            ExchangeConfig(
                version: ProtocolVersion.text, name: "taler-exchange", currency: configuration.currency.text,
                currencySpecification: configuration.currencySpecification, implementation: "urn:net:taler:specs:taler-exchange:sandbox",
                supportedKYCRequirements: [], walletBalanceLimitWithoutKYC: []))
        response.fields["Cache-Control"] = "public,max-age=21600"
        return response
    }
}

extension ExchangeConfiguration {
    var currencySpecification: CurrencySpecification {
        CurrencySpecification(
            name: currencyName, currency: currency.text, fractionalInputDigits: 2, fractionalNormalDigits: 2,
            fractionalTrailingZeroDigits: 2, alternativeUnitNames: ["0": currency.text == "KUDOS" ? "ク" : currency.text])
    }
}
