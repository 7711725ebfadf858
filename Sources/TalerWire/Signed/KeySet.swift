// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange's online key signs of its `/keys` (TALER_ExchangeKeySetPS). Offsets in bytes.
public struct KeySet: SignedStruct {
    public static let purpose = Purpose.exchangeKeySet
    public static let byteCount = 80

    /// 8: 8 bytes.
    public var listIssueDate: Timestamp
    /// 16: 64 bytes. SHA-512 of the denominations' master signatures in listed order.
    public var denominationsHash: HashCode

    public init(listIssueDate: Timestamp, denominationsHash: HashCode) {
        self.listIssueDate = listIssueDate
        self.denominationsHash = denominationsHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(listIssueDate)
        out.append(denominationsHash)
    }
}
