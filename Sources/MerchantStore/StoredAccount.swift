// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A bank account of the merchant with the salt that was made for it once. Contracts and intents refer to it for good.
public struct StoredAccount: Sendable, Equatable {
    public let id: Int64
    public let payto: PaytoURI
    public let salt: WireSalt
    public let merchantPub: MerchantPublicKey
    public let wireHash: WireHash
}
