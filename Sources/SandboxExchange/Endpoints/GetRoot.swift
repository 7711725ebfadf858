// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// Says what this is, and the master key by which a wallet's owner knows it again.
struct GetRoot: Endpoint {
    static let route = Route(.get, "/")
    let configuration: ExchangeConfiguration
    let keys: KeyRing

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        // In groups of four, as wallets show it.
        let text = Array(Base32.encode(keys.table.master.bytes))
        let masterKey = stride(from: 0, to: text.count, by: 4).map { String(text[$0..<min($0 + 4, text.count)]) }.joined(separator: " ")
        return Response(
            type: "text/plain; charset=utf-8",
            text: """
                A sandbox exchange of the GNU Taler payment system, at \(configuration.baseURL)
                It issues \(configuration.currency), play money for trying things out.
                Its master key, for comparing: \(masterKey)

                /config  what it is, for programs
                /keys    its denominations, fees and accounts, signed

                """)
    }
}
