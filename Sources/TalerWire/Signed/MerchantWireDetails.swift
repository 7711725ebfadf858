// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a merchant signs of its own account (TALER_MerchantWireDetailsPS). Offsets in bytes.
public struct MerchantWireDetails: SignedStruct {
    public static let purpose = Purpose.merchantWireDetails
    public static let byteCount = 72

    /// 8: 64 bytes.
    public var wireHash: WireHash

    public init(wireHash: WireHash) {
        self.wireHash = wireHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(wireHash)
    }
}
