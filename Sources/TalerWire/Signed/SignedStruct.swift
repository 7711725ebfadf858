// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A packed structure that begins with its own length and purpose, four bytes each, and is signed as it is.
public protocol SignedStruct: Sendable {
    static var purpose: Purpose { get }
    /// The whole length, the eight bytes of length and purpose included.
    static var byteCount: Int { get }
    /// Appends the fields that follow length and purpose.
    func encode(into out: inout WireEncoder)
}

extension SignedStruct {
    /// The exact bytes that are given to Ed25519.
    public var signedBytes: [UInt8] {
        var out = WireEncoder(capacity: Self.byteCount)
        out.append(UInt32(Self.byteCount))
        out.append(Self.purpose.rawValue)
        encode(into: &out)
        assert(out.bytes.count == Self.byteCount)
        return out.bytes
    }
}
