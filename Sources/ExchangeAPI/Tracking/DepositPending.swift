// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 202 of `GET /deposits/…`: the exchange has the coin's deposit and has not wired it yet. Unsigned.
public struct DepositPending: Codable, Sendable, Equatable {
    /// When it is planned.
    public var executionTime: Timestamp
    /// False while the transfer waits for the merchant to identify itself.
    public var isKYCOK: Bool
    /// The exchange's number of what it requires; present when identification is missing.
    public var requirementRow: Int64?
    /// The key that the exchange has for the account (protocol 23).
    public var accountPub: MerchantPublicKey?

    enum CodingKeys: String, CodingKey {
        case executionTime = "execution_time"
        case isKYCOK = "kyc_ok"
        case requirementRow = "requirement_row"
        case accountPub = "account_pub"
    }

    public init(executionTime: Timestamp, isKYCOK: Bool, requirementRow: Int64? = nil, accountPub: MerchantPublicKey? = nil) {
        self.executionTime = executionTime
        self.isKYCOK = isKYCOK
        self.requirementRow = requirementRow
        self.accountPub = accountPub
    }
}
