// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What the offline key signs of one wire method's fees in one period (TALER_MasterWireFeePS). Offsets in bytes.
public struct WireFeeValidity: SignedStruct {
    public static let purpose = Purpose.masterWireFees
    public static let byteCount = 136

    /// 8: 64 bytes. SHA-512 of the method's name and one NUL.
    public var wireMethodHash: HashCode
    /// 72: 8 bytes.
    public var start: Timestamp
    /// 80: 8 bytes.
    public var end: Timestamp
    /// 88: 24 bytes.
    public var wireFee: Amount
    /// 112: 24 bytes.
    public var closingFee: Amount

    public init(wireMethodHash: HashCode, start: Timestamp, end: Timestamp, wireFee: Amount, closingFee: Amount) {
        self.wireMethodHash = wireMethodHash
        self.start = start
        self.end = end
        self.wireFee = wireFee
        self.closingFee = closingFee
    }

    public func encode(into out: inout WireEncoder) {
        out.append(wireMethodHash)
        out.append(start)
        out.append(end)
        out.append(wireFee)
        out.append(closingFee)
    }
}
