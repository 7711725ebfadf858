// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What the offline key signs of an exchange's bank account (TALER_MasterWireDetailsPS, protocol 17 and later). Offsets in bytes.
public struct WireAccountValidity: SignedStruct {
    public static let purpose = Purpose.masterWireDetails
    public static let byteCount = 232

    /// 8: 32 bytes.
    public var paytoHash: PaytoHash
    /// 40: 64 bytes. Zero when there is no conversion URL, else SHA-512 of it and one NUL.
    public var conversionURLHash: HashCode
    /// 104: 64 bytes. Hash of the JSON array.
    public var debitRestrictionsHash: HashCode
    /// 168: 64 bytes. Hash of the JSON array.
    public var creditRestrictionsHash: HashCode

    public init(paytoHash: PaytoHash, conversionURLHash: HashCode, debitRestrictionsHash: HashCode, creditRestrictionsHash: HashCode) {
        self.paytoHash = paytoHash
        self.conversionURLHash = conversionURLHash
        self.debitRestrictionsHash = debitRestrictionsHash
        self.creditRestrictionsHash = creditRestrictionsHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(paytoHash)
        out.append(conversionURLHash)
        out.append(debitRestrictionsHash)
        out.append(creditRestrictionsHash)
    }
}
