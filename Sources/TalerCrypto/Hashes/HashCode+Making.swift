// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium
public import TalerWire

extension HashCode {
    /// SHA-512 of the bytes as they are.
    public init(sha512 bytes: [UInt8]) { self.init(checked: SHA512.hash(bytes)) }

    /// SHA-512 of a text's UTF-8 and one NUL: a wire method's name, an auditor's or exchange's URL.
    public init(ofText text: String) { self.init(sha512: Array(text.utf8) + [0]) }

    /// SHA-512 of the canonical form of any JSON and one NUL, nothing forgotten: account restrictions and the like.
    /// - Throws: ``JSONError`` when a number is no whole number of 64 bits.
    public init(ofJSON value: JSONValue) throws(JSONError) { self.init(sha512: try CanonicalJSON.encode(value) + [0]) }

    /// `h_policy`: zero when there is no policy.
    /// - Throws: ``JSONError`` when a number is no whole number of 64 bits.
    public init(ofPolicy policy: JSONValue?) throws(JSONError) {
        guard let policy else {
            self = .zero
            return
        }
        self.init(
            checked: KDF.derive(
                length: 64, salt: Array("taler-extensions-policy".utf8) + [0], keyMaterial: try CanonicalJSON.encode(policy) + [0]))
    }

    /// SHA-512 of signatures one after the other: `h_coin_sigs` of a deposit confirmation, `hc` of a key set (protocol 17 and later,
    /// over the denominations' master signatures).
    public init(ofSignatures signatures: some Sequence<EdDSASignature>) { self.init(ofConcatenated: signatures) }

    /// `hc` of a key set of protocols 14 to 16: SHA-512 of the denominations' hashes one after the other.
    public init(ofDenominations hashes: some Sequence<DenominationHash>) { self.init(ofConcatenated: hashes) }

    /// `h_details` of a ``WireDepositData``: SHA-512 of the deposits' blocks in their order.
    public init(ofDetails details: some Sequence<WireDepositDetail>) {
        var hash = SHA512()
        for detail in details {
            var out = WireEncoder(capacity: WireDepositDetail.byteCount)
            detail.encode(into: &out)
            hash.update(out.bytes)
        }
        self.init(checked: hash.finalize())
    }

    private init<Value: FixedBytes>(ofConcatenated values: some Sequence<Value>) {
        var hash = SHA512()
        for value in values { hash.update(value.bytes) }
        self.init(checked: hash.finalize())
    }
}
