// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import WebSession

extension Shop {
    private static let networkPurpose = Signer.Purpose("network")

    /// By what unpaid orders with reserved goods are counted beside the session, which anybody can have anew: the client's network, hashed
    /// with the shop's secret, so that the database names no addresses.
    ///
    /// Nil for clients of the machine itself, unless they are a proxy that says for whom it asks.
    func network(of request: Request) -> String? {
        guard let peer = request.clientNetwork(isBehindProxy: false) else {
            return settings.isBehindProxy ? request.clientNetwork(isBehindProxy: true).flatMap(hashed) : nil
        }
        // Nobody but a process of this machine can send a field from there.
        let isByProxy = settings.isBehindProxy || Self.isLocal(peer)
        return request.clientNetwork(isBehindProxy: isByProxy).flatMap(hashed)
    }

    private func hashed(_ network: String) -> String? {
        network.isEmpty || Self.isLocal(network) ? nil : links.signer.signature(of: network, for: Self.networkPurpose)
    }

    private static func isLocal(_ network: String) -> Bool { network.hasPrefix("127.") || network == "0:0:0:0::/64" }
}
