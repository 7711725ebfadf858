// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `GET /coins/$COIN_PUB/history`.
public struct CoinHistoryResponse: Codable, Sendable, Equatable {
    public var denominationHash: DenominationHash
    /// What the coin can still pay, whatever part of its history follows.
    public var balance: Amount
    /// Oldest first.
    public var history: [CoinHistoryEntry]

    enum CodingKeys: String, CodingKey {
        case denominationHash = "h_denom_pub"
        case balance
        case history
    }

    public init(denominationHash: DenominationHash, balance: Amount, history: [CoinHistoryEntry]) {
        self.denominationHash = denominationHash
        self.balance = balance
        self.history = history
    }
}

/// One use of a coin, told apart by `type`.
public enum CoinHistoryEntry: Codable, Sendable, Equatable {
    case deposit(CoinDepositEntry)
    case refund(CoinRefundEntry)
    case melt(CoinMeltEntry)
    /// Of a type that is not known here.
    case other(JSONValue)

    private enum CodingKeys: String, CodingKey {
        case type
    }

    public init(from decoder: any Decoder) throws {
        let type = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .type)
        self =
            switch type {
            case CoinDepositEntry.type: .deposit(try CoinDepositEntry(from: decoder))
            case CoinRefundEntry.type: .refund(try CoinRefundEntry(from: decoder))
            case CoinMeltEntry.type: .melt(try CoinMeltEntry(from: decoder))
            default: .other(try JSONValue(from: decoder))
            }
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .deposit(let entry): try entry.encode(to: encoder)
        case .refund(let entry): try entry.encode(to: encoder)
        case .melt(let entry): try entry.encode(to: encoder)
        case .other(let entry): try entry.encode(to: encoder)
        }
    }
}
