// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// An account that the wallet opened at a bank.
public struct StoredBankAccount: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    public let id: Int64
    /// Ends in a slash.
    public let bankURL: String
    public let username: String
    public let password: String
    /// The bank has confirmed that it exists.
    public let isRegistered: Bool

    public var description: String { "account \(username) at \(bankURL)" }
    public var customMirror: Mirror { Mirror(self, children: ["bankURL": bankURL, "username": username]) }
}
