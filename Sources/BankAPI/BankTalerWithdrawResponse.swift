// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// 200 of `POST /taler/withdraw` (BankTalerWithdrawResponse).
public struct BankTalerWithdrawResponse: Codable, Sendable, Equatable {
    /// Payto URI of the account that paid.
    public var senderWireDetails: String
    /// Base URL of the bank's default exchange; only there when that one was used.
    public var exchangeURL: String?

    enum CodingKeys: String, CodingKey {
        case senderWireDetails = "sender_wire_details"
        case exchangeURL = "exchange_url"
    }

    public init(senderWireDetails: String, exchangeURL: String? = nil) {
        self.senderWireDetails = senderWireDetails
        self.exchangeURL = exchangeURL
    }
}
