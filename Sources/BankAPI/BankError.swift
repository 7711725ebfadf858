// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The JSON of a bank's refusal (BankError).
public struct BankError: Codable, Sendable, Equatable {
    /// For people.
    public var error: String
    /// A number of the Taler error registry.
    public var ec: Int

    public init(error: String, ec: Int) {
        self.error = error
        self.ec = ec
    }
}
