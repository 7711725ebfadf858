// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Fees that concern no denomination, in one period (1022).
public struct GlobalFee: Codable, Sendable, Equatable {
    public var start: Timestamp
    public var end: Timestamp
    public var historyFee: Amount
    public var accountFee: Amount
    public var purseFee: Amount
    public var historyExpiration: RelativeTime
    public var purseTimeout: RelativeTime
    public var purseAccountLimit: UInt32
    public var masterSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case start = "start_date"
        case end = "end_date"
        case historyFee = "history_fee"
        case accountFee = "account_fee"
        case purseFee = "purse_fee"
        case historyExpiration = "history_expiration"
        case purseTimeout = "purse_timeout"
        case purseAccountLimit = "purse_account_limit"
        case masterSignature = "master_sig"
    }

    public init(
        start: Timestamp,
        end: Timestamp,
        historyFee: Amount,
        accountFee: Amount,
        purseFee: Amount,
        historyExpiration: RelativeTime,
        purseTimeout: RelativeTime,
        purseAccountLimit: UInt32,
        masterSignature: EdDSASignature
    ) {
        self.start = start
        self.end = end
        self.historyFee = historyFee
        self.accountFee = accountFee
        self.purseFee = purseFee
        self.historyExpiration = historyExpiration
        self.purseTimeout = purseTimeout
        self.purseAccountLimit = purseAccountLimit
        self.masterSignature = masterSignature
    }
}
