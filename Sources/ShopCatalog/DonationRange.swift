// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What a donation may amount to.
public struct DonationRange: Sendable, Equatable {
    public let suggested: [Amount]
    public let minimum: Amount
    public let maximum: Amount

    public init(suggested: [Amount], minimum: Amount, maximum: Amount) {
        self.suggested = suggested
        self.minimum = minimum
        self.maximum = maximum
    }

    public func contains(_ amount: Amount) -> Bool {
        guard let low = try? amount.isLess(than: minimum), let high = try? maximum.isLess(than: amount) else { return false }
        return !low && !high
    }
}
