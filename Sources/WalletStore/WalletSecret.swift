// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// 32 secret bytes: a reserve's private key, or the secret that a coin's key and its blinding come from. Never printed.
public struct WalletSecret: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    public static let byteCount = 32
    public let bytes: [UInt8]

    /// - Throws: ``WalletStoreError/corrupt(_:)`` unless there are 32 bytes.
    public init(_ bytes: [UInt8]) throws(WalletStoreError) {
        guard bytes.count == Self.byteCount else { throw .corrupt("a secret of \(bytes.count) bytes") }
        self.bytes = bytes
    }

    public var description: String { "a secret" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
