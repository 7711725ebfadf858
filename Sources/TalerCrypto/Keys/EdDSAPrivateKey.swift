// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium
public import TalerWire

/// The private key of a merchant, an exchange, a reserve or a coin (Ed25519). Wiped when the last copy goes; never printed.
public struct EdDSAPrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    let key: Ed25519.SigningKey

    /// A fresh key.
    public init() { key = Ed25519.SigningKey() }

    /// - Throws: ``CryptoError/malformedKey(_:)`` unless the seed has 32 bytes.
    public init(seed: [UInt8]) throws(CryptoError) {
        do { key = try Ed25519.SigningKey(seed: seed) } catch { throw .malformedKey("\(error)") }
    }

    /// - Throws: ``CryptoError/malformedKey(_:)`` unless the text is the base32 of 32 bytes.
    public init(base32 text: some StringProtocol) throws(CryptoError) {
        let seed: [UInt8]
        // The reason would not hold anything of the text, but say the least of a secret.
        do { seed = try Base32.decode(text, byteCount: 32) } catch { throw .malformedKey("not the base32 of 32 bytes") }
        try self.init(seed: seed)
    }

    init(secretSeed: SecretBytes) {
        do { key = try Ed25519.SigningKey(seed: secretSeed) } catch { preconditionFailure("a seed of \(secretSeed.count) bytes") }
    }

    /// The 32 bytes to keep the key in, secret.
    public func exportedSeed() -> [UInt8] { key.seed.exported() }

    /// The public key, as the kind of key that the context asks for.
    public func publicKey<Key: EdDSAPublicKey>(as type: Key.Type = Key.self) -> Key { Key(checked: key.publicKey) }

    /// Signs the structure's length, purpose and fields.
    public func sign(_ structure: some SignedStruct) -> EdDSASignature { EdDSASignature(checked: key.sign(structure.signedBytes)) }

    public var description: String { "an Ed25519 private key" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SignedStruct {
    /// True when `key` has signed exactly this structure.
    public func isValid(_ signature: EdDSASignature, by key: some EdDSAPublicKey) -> Bool {
        Ed25519.isValid(signature.bytes, for: signedBytes, by: key.bytes)
    }
}
