// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange signs of a melt (TALER_RefreshMeltConfirmationPS). Offsets in bytes.
public struct MeltConfirmation: SignedStruct {
    public static let purpose = Purpose.exchangeConfirmMelt
    public static let byteCount = 76

    /// 8: 64 bytes.
    public var commitment: RefreshCommitment
    /// 72: 4 bytes.
    public var noRevealIndex: UInt32

    public init(commitment: RefreshCommitment, noRevealIndex: UInt32) {
        self.commitment = commitment
        self.noRevealIndex = noRevealIndex
    }

    public func encode(into out: inout WireEncoder) {
        out.append(commitment)
        out.append(noRevealIndex)
    }
}
