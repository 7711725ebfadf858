// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange signs when a denomination is not yet or no longer valid (TALER_DenominationExpiredAffirmationPS). Offsets in bytes.
public struct DenominationExpiredAffirmation: SignedStruct {
    public static let purpose = Purpose.exchangeAffirmDenominationExpired
    public static let byteCount = 88

    /// 8: 8 bytes.
    public var timestamp: Timestamp
    /// 16: 8 bytes of ASCII, zero padded.
    public var operation: Operation
    /// 24: 64 bytes.
    public var denominationHash: DenominationHash

    /// The operations that a denomination may be refused for.
    public enum Operation: String, Sendable {
        case deposit = "DEPOSIT"
        case melt = "MELT"
        case reveal = "REVEAL"
        case withdraw = "WITHDRAW"
    }

    public init(timestamp: Timestamp, operation: Operation, denominationHash: DenominationHash) {
        self.timestamp = timestamp
        self.operation = operation
        self.denominationHash = denominationHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(timestamp)
        let name = Array(operation.rawValue.utf8)
        out.append(raw: name + [UInt8](repeating: 0, count: 8 - name.count))
        out.append(denominationHash)
    }
}
