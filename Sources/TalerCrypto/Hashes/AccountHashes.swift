// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium
public import TalerWire

extension PaytoHash {
    /// First 32 bytes of SHA-512 of the URI as given and one NUL.
    public init(of uri: PaytoURI) { self.init(checked: Array(SHA512.hash(Array(uri.text.utf8) + [0]).prefix(32))) }
}

extension NormalizedPaytoHash {
    /// First 32 bytes of SHA-512 of the normalized URI and one NUL.
    public init(of uri: PaytoURI) { self.init(checked: Array(SHA512.hash(Array(uri.normalized.utf8) + [0]).prefix(32))) }
}

extension WireHash {
    /// `h_wire` of a merchant account: salted with the 16 bytes that go to the exchange beside the URI.
    public init(payto uri: PaytoURI, salt: WireSalt) {
        self.init(
            checked: KDF.derive(
                length: 64, salt: salt.bytes, keyMaterial: Array(uri.text.utf8) + [0], context: Array("merchant-wire-signature".utf8)))
    }
}
