// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// What a coin was refreshed to. Whoever asks learns nothing from it without the coin's private key, and with it can make the fresh coins:
/// so nobody can pass money on in secret by refreshing it to another's coins.
struct GetLink: Endpoint {
    static let route = Route(.get, "/coins/:coin_pub/link")

    let store: ExchangeStore

    /// - Throws: 400 / 1004, then 404 / 1400.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let coin = try path.coinPub
        let links = try await store.links(of: coin)
        guard !links.isEmpty else {
            throw APIError(.exchangeLinkCoinUnknown, hint: "The exchange knows no refresh of this coin.")
        }
        return try .json(try links.map(Self.message))
    }

    private static func message(_ link: RefreshLink) throws -> CoinLink {
        CoinLink(
            transferPub: link.transferPub,
            newCoins: try link.coins.enumerated().map { index, coin in
                LinkedCoin(
                    denominationPub: DenominationKeyObject(try DenominationPublicKey(.rsa, encoded: coin.rsaPub)).json,
                    envelopeSignature: BlindedSignature(coin.blindSignature).json, coinIndex: UInt32(index),
                    linkSignature: coin.linkSignature)
            })
    }
}
