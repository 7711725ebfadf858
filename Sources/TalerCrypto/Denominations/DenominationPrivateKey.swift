// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import RSA

/// The key that signs a denomination's coins (RSA).
public struct DenominationPrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let key: RSAPrivateKey
    public let publicKey: DenominationPublicKey

    /// A fresh key. Takes a moment.
    /// - Parameter bits: an even number from 1024 to 8192.
    /// - Throws: ``CryptoError/malformedKey(_:)`` for another number.
    public init(bits: Int = 2048) throws(CryptoError) {
        do { self.init(try RSAPrivateKey(bits: bits)) } catch { throw .malformedKey("\(error)") }
    }

    /// Reads what ``exported()`` gave.
    /// - Throws: ``CryptoError/malformedKey(_:)``.
    public init(exported bytes: [UInt8]) throws(CryptoError) {
        do { self.init(try RSAPrivateKey(exported: bytes)) } catch { throw .malformedKey("\(error)") }
    }

    /// From the primes and the public exponent, big-endian.
    /// - Throws: ``CryptoError/malformedKey(_:)``.
    public init(primes: ([UInt8], [UInt8]), exponent: [UInt8]) throws(CryptoError) {
        do { self.init(try RSAPrivateKey(primes: primes, exponent: exponent)) } catch { throw .malformedKey("\(error)") }
    }

    private init(_ key: RSAPrivateKey) {
        self.key = key
        publicKey = .rsa(RSADenominationKey(key.publicKey))
    }

    /// The bytes to keep the key in, secret.
    public func exported() -> [UInt8] { key.exported() }

    /// m'^d mod n, in constant time, checked before it leaves.
    /// - Throws: ``CryptoError/malformedInput(_:)`` when the number is zero or not below n, ``CryptoError/fault``.
    public func signBlinded(_ planchet: BlindedPlanchet) throws(CryptoError) -> BlindedSignature {
        do { return BlindedSignature(try key.apply(planchet.bytes)) } catch .fault { throw .fault } catch {
            throw .malformedInput("\(error)")
        }
    }

    public var description: String { "a denomination's private key" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
