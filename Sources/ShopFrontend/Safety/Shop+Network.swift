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
        guard let network = request.countedNetwork(isBehindProxy: settings.isBehindProxy), !network.isEmpty,
            !ClientNetwork.isLoopback(network)
        else { return nil }
        return links.signer.signature(of: network, for: Self.networkPurpose)
    }
}
