// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What the offline key signs of the fees that concern no denomination (TALER_MasterGlobalFeePS). Offsets in bytes.
public struct GlobalFeeValidity: SignedStruct {
    public static let purpose = Purpose.masterGlobalFees
    public static let byteCount = 116

    /// 8: 8 bytes.
    public var start: Timestamp
    /// 16: 8 bytes.
    public var end: Timestamp
    /// 24: 8 bytes.
    public var purseTimeout: RelativeTime
    /// 32: 8 bytes.
    public var historyExpiration: RelativeTime
    /// 40: 24 bytes.
    public var historyFee: Amount
    /// 64: 24 bytes.
    public var accountFee: Amount
    /// 88: 24 bytes.
    public var purseFee: Amount
    /// 112: 4 bytes.
    public var purseAccountLimit: UInt32

    public init(
        start: Timestamp,
        end: Timestamp,
        purseTimeout: RelativeTime,
        historyExpiration: RelativeTime,
        historyFee: Amount,
        accountFee: Amount,
        purseFee: Amount,
        purseAccountLimit: UInt32
    ) {
        self.start = start
        self.end = end
        self.purseTimeout = purseTimeout
        self.historyExpiration = historyExpiration
        self.historyFee = historyFee
        self.accountFee = accountFee
        self.purseFee = purseFee
        self.purseAccountLimit = purseAccountLimit
    }

    public func encode(into out: inout WireEncoder) {
        out.append(start)
        out.append(end)
        out.append(purseTimeout)
        out.append(historyExpiration)
        out.append(historyFee)
        out.append(accountFee)
        out.append(purseFee)
        out.append(purseAccountLimit)
    }
}
