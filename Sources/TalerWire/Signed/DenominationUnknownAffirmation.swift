// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange signs when it does not know a denomination (TALER_DenominationUnknownAffirmationPS). Offsets in bytes.
public struct DenominationUnknownAffirmation: SignedStruct {
    public static let purpose = Purpose.exchangeAffirmDenominationUnknown
    public static let byteCount = 80

    /// 8: 8 bytes.
    public var timestamp: Timestamp
    /// 16: 64 bytes.
    public var denominationHash: DenominationHash

    public init(timestamp: Timestamp, denominationHash: DenominationHash) {
        self.timestamp = timestamp
        self.denominationHash = denominationHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(timestamp)
        out.append(denominationHash)
    }
}
