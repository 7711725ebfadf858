// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Somebody who is logged in on the bank's pages.
public struct Session: Sendable, Equatable {
    /// Never used again for another session.
    public let id: Int64
    public let account: Account
}

/// How long people stay logged in, in seconds, and how often at once.
public struct SessionLimits: Sendable, Equatable {
    /// Without a request.
    public var idle: Int64
    /// At all.
    public var total: Int64
    /// Sessions that one account has at the same time; a repeated login does not fill the books.
    public static let perAccount = 100

    public init(idle: Int64, total: Int64) {
        self.idle = idle
        self.total = total
    }
}
