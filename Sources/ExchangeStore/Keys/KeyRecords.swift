// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Everything that the offline key has signed, each list by its start.
public struct KeyRecords: Sendable, Equatable {
    public var signingKeys: [SigningKeyRecord]
    /// By value, then by start.
    public var denominations: [DenominationRecord]
    /// Those in use.
    public var accounts: [WireAccountRecord]
    public var wireFees: [WireFeeRecord]
    public var globalFees: [GlobalFeeRecord]

    public init(
        signingKeys: [SigningKeyRecord] = [], denominations: [DenominationRecord] = [], accounts: [WireAccountRecord] = [],
        wireFees: [WireFeeRecord] = [], globalFees: [GlobalFeeRecord] = []
    ) {
        self.signingKeys = signingKeys
        self.denominations = denominations
        self.accounts = accounts
        self.wireFees = wireFees
        self.globalFees = globalFees
    }
}
