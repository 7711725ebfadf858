// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a whole reading of the books found.
public struct LedgerAudit: Sendable, Equatable {
    public var accounts: Int
    public var transfers: Int
    public var entries: Int
    /// One sentence each, empty when the books are right.
    public var findings: [String] = []

    public init(accounts: Int = 0, transfers: Int = 0, entries: Int = 0) {
        self.accounts = accounts
        self.transfers = transfers
        self.entries = entries
    }

    public var isSound: Bool { findings.isEmpty }
}
