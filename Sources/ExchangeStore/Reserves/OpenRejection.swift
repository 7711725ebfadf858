// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A transfer to our account that the bank is to give back.
public struct OpenRejection: Sendable, Equatable {
    /// The bank's number of the transfer.
    public var bankRow: Int64
    /// Why the bank did not want to when it was asked last; nil when it was not asked or did not answer.
    public var refusal: String?

    public init(bankRow: Int64, refusal: String? = nil) {
        self.bankRow = bankRow
        self.refusal = refusal
    }
}
