// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What an account shall be: for one that is opened, or brought in line with the configuration.
public struct AccountPlan: Sendable {
    public var name: String
    public var receiverName: String
    /// Nil leaves the password of an existing account as it is, and a new one without login.
    public var passwordHash: String?
    public var debtLimit: Amount
    /// Nil leaves an existing account as it is, and a new one for its owner alone.
    public var isPublic: Bool?

    public init(name: String, receiverName: String, passwordHash: String?, debtLimit: Amount, isPublic: Bool? = nil) {
        self.name = name
        self.receiverName = receiverName
        self.passwordHash = passwordHash
        self.debtLimit = debtLimit
        self.isPublic = isPublic
    }
}
