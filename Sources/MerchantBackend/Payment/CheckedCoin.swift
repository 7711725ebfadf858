// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import TalerCrypto
import TalerWire

/// A coin of a permission whose denomination is known and whose signatures were verified.
struct CheckedCoin: Sendable {
    let coinPub: CoinPublicKey
    let denomination: Denomination
    let denominationSignature: DenominationSignature
    /// Deposit fee included.
    let contribution: Amount
    let coinSignature: EdDSASignature
}

/// The coins of a permission for one exchange, every one checked.
struct CheckedShare: Sendable {
    /// Ends in a slash.
    let exchangeURL: String
    /// The highest protocol that both sides speak.
    let protocolVersion: Int
    /// In the permission's order.
    let coins: [CheckedCoin]
}
