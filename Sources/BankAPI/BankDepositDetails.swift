// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `POST /admin/add/incoming` (BankDepositDetails).
public struct BankDepositDetails: Codable, Sendable, Equatable {
    public var timestamp: MillisecondTimestamp
    public var rowID: Int64

    enum CodingKeys: String, CodingKey {
        case timestamp
        case rowID = "row_id"
    }

    public init(timestamp: Timestamp, rowID: Int64) {
        self.timestamp = MillisecondTimestamp(timestamp)
        self.rowID = rowID
    }
}
