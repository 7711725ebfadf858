// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// Says what this is.
struct GetRoot: Endpoint {
    static let route = Route(.get, "/")
    let configuration: ExchangeConfiguration

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        Response(
            type: "text/plain; charset=utf-8",
            text: """
                A sandbox exchange of the GNU Taler payment system, at \(configuration.baseURL)
                It issues \(configuration.currency), play money for trying things out.

                /config  what it is, for programs
                /keys    its denominations, fees and accounts, signed

                """)
    }
}
