// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a reserve key signs to read its history. Offsets in bytes.
public struct ReserveHistoryRequest: SignedStruct {
    public static let purpose = Purpose.walletReserveHistory
    public static let byteCount = 16

    /// 8: 8 bytes.
    public var startOffset: UInt64

    public init(startOffset: UInt64) {
        self.startOffset = startOffset
    }

    public func encode(into out: inout WireEncoder) {
        out.append(startOffset)
    }
}
