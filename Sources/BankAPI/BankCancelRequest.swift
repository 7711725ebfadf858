// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Body of `PUT /reject` (BankCancelRequest).
public struct BankCancelRequest: Codable, Sendable, Equatable {
    public var auth: BankAuth?
    public var rowID: Int64
    /// Number of the account that got the money; read and ignored by banks where a login has one account.
    public var creditAccount: Int64?

    enum CodingKeys: String, CodingKey {
        case auth
        case rowID = "row_id"
        case creditAccount = "credit_account"
    }

    public init(rowID: Int64, creditAccount: Int64? = nil) {
        auth = .basic
        self.rowID = rowID
        self.creditAccount = creditAccount
    }
}
