// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Whether the books agree with themselves.
public struct ExchangeAudit: Sendable, Equatable {
    public var coinCount = 0
    public var depositCount = 0
    public var refundCount = 0
    public var transferCount = 0
    /// Melts, revealed or not.
    public var refreshCount = 0
    /// One sentence for each thing that is not as it must be.
    public var problems: [String] = []

    public init(
        coinCount: Int = 0, depositCount: Int = 0, refundCount: Int = 0, transferCount: Int = 0, refreshCount: Int = 0,
        problems: [String] = []
    ) {
        self.coinCount = coinCount
        self.depositCount = depositCount
        self.refundCount = refundCount
        self.transferCount = transferCount
        self.refreshCount = refreshCount
        self.problems = problems
    }
}
