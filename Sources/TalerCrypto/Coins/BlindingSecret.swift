// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium

/// 32 secret bytes that hide a coin from the exchange which signs it.
public struct BlindingSecret: Sendable, CustomStringConvertible, CustomReflectable {
    let secret: SecretBytes

    /// A fresh secret.
    public init() { secret = SecretBytes.random(count: 32) }

    /// - Throws: ``CryptoError/malformedKey(_:)`` unless there are 32 bytes.
    public init(bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count == 32 else { throw .malformedKey("\(bytes.count) bytes where 32 are needed") }
        secret = SecretBytes(bytes)
    }

    init(_ secret: SecretBytes) { self.secret = secret }

    /// The 32 bytes to keep the secret in.
    public func exported() -> [UInt8] { secret.exported() }

    public var description: String { "a blinding secret" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
