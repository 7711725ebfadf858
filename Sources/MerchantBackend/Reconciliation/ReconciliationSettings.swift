// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import BankAPI
public import TalerWire

/// How transfers are found again, and when they are missing.
public struct ReconciliationSettings: Sendable {
    /// A bank account whose credits can be read.
    public struct RevenueAccount: Sendable {
        public let payto: PaytoURI
        public let client: RevenueClient

        public init(payto: PaytoURI, client: RevenueClient) {
            self.payto = payto
            self.client = client
        }
    }

    public var accounts: [RevenueAccount]
    /// Seconds after a wire deadline, or after a transfer's execution, from which money that did not arrive is missing.
    public var grace: Int64
    /// How long a bank may keep a question open.
    public var longPoll = Duration.seconds(30)
    /// Rows of a bank's history in one answer.
    public var page = 256
    /// Between two looks at what is due.
    public var interval = Duration.seconds(60)
    /// How many questions each exchange gets at one look.
    public var questions = 20

    public init(accounts: [RevenueAccount] = [], grace: Int64 = 2 * 86_400) {
        self.accounts = accounts
        self.grace = grace
    }

    /// The bank confirms transfers.
    public var expectsBank: Bool { !accounts.isEmpty }

    /// Seconds after the wire deadline before an exchange is asked. A bank that is read tells of most transfers by itself.
    var patience: Int64 { expectsBank ? min(86_400, grace / 2) : 60 }
}
