// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// How the caller of the 2019 bank API proves who it is (BankAuth). The credentials themselves are header fields.
public struct BankAuth: Codable, Sendable, Equatable {
    /// Only ``basic`` is accepted.
    public var type: String

    public static let basic = BankAuth(type: "basic")

    public init(type: String) { self.type = type }
}
