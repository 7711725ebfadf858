// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A value that is nothing but a fixed number of bytes: a key, a hash, a signature. On the wire its base32 text.
public protocol FixedBytes: Hashable, Sendable, JSONRepresentable, CustomStringConvertible {
    /// The length of every value of this type.
    static var byteCount: Int { get }
    /// Exactly `byteCount` bytes.
    var bytes: [UInt8] { get }
    /// For the protocol's own extensions only: the caller has checked the length.
    init(checked bytes: [UInt8])
}

extension FixedBytes {
    /// - Throws: ``WireError/length(expected:actual:)``.
    public init(_ bytes: some Collection<UInt8>) throws(WireError) {
        guard bytes.count == Self.byteCount else { throw .length(expected: Self.byteCount, actual: bytes.count) }
        self.init(checked: Array(bytes))
    }

    /// The value that `text` writes in base32.
    /// - Throws: ``WireError/base32(_:)``.
    public init(base32 text: some StringProtocol) throws(WireError) {
        self.init(checked: try Base32.decode(text, byteCount: Self.byteCount))
    }

    /// All bytes zero: how an absent hash enters signed data.
    public static var zero: Self { Self(checked: [UInt8](repeating: 0, count: byteCount)) }

    public var isZero: Bool { bytes.allSatisfy { $0 == 0 } }

    public var base32: String { Base32.encode(bytes) }
    public var description: String { base32 }

    public init(json: JSONValue) throws {
        guard case .string(let text) = json else { throw JSONError(reason: "a base32 string is needed") }
        do { try self.init(base32: text) } catch { throw JSONError(reason: "\(error)") }
    }

    public var json: JSONValue { .string(base32) }
}
