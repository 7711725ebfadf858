// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `GET /reserves/$RESERVE_PUB/history`.
public struct ReserveHistoryResponse: Codable, Sendable, Equatable {
    /// What the reserve holds, whatever part of its history follows.
    public var balance: Amount
    /// Oldest first.
    public var history: [ReserveHistoryEntry]

    public init(balance: Amount, history: [ReserveHistoryEntry]) {
        self.balance = balance
        self.history = history
    }
}

/// One change of a reserve's balance, told apart by `type`.
public enum ReserveHistoryEntry: Codable, Sendable, Equatable {
    case credit(ReserveCreditEntry)
    case withdraw(ReserveWithdrawEntry)
    /// Of a type that is not known here.
    case other(JSONValue)

    private enum CodingKeys: String, CodingKey {
        case type
    }

    public init(from decoder: any Decoder) throws {
        let type = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .type)
        self =
            switch type {
            case ReserveCreditEntry.type: .credit(try ReserveCreditEntry(from: decoder))
            case ReserveWithdrawEntry.type: .withdraw(try ReserveWithdrawEntry(from: decoder))
            default: .other(try JSONValue(from: decoder))
            }
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .credit(let entry): try entry.encode(to: encoder)
        case .withdraw(let entry): try entry.encode(to: encoder)
        case .other(let entry): try entry.encode(to: encoder)
        }
    }
}
