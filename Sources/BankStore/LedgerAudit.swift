// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a whole reading of the books found.
public struct LedgerAudit: Sendable, Equatable {
    public var accounts = 0
    public var transfers = 0
    public var entries = 0
    /// One sentence each, empty when the books are right.
    public var findings: [String] = []

    public var isSound: Bool { findings.isEmpty }
}
