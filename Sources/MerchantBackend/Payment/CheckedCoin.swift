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
