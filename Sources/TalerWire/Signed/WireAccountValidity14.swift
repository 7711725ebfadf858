// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// ``WireAccountValidity`` as protocols 14 to 16 have it. Offsets in bytes.
public struct WireAccountValidity14: SignedStruct {
    public static let purpose = Purpose.masterWireDetails
    public static let byteCount = 40

    /// 8: 32 bytes.
    public var paytoHash: PaytoHash

    public init(paytoHash: PaytoHash) {
        self.paytoHash = paytoHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(paytoHash)
    }
}
