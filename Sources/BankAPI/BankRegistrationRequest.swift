// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Body of `POST /register` (BankRegistrationRequest), as JSON or as a form.
public struct BankRegistrationRequest: Codable, Sendable, Equatable {
    /// 1 to 150 letters, digits and `@.+-_`.
    public var username: String
    public var password: String

    public init(username: String, password: String) {
        self.username = username
        self.password = password
    }
}
