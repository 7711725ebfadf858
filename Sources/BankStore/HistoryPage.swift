// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Which rows of a history are wanted.
public struct HistoryPage: Sendable, Equatable {
    /// Rows strictly after this one for a positive delta, strictly before it for a negative one; nil for the natural end.
    public var start: Int64?
    /// At most so many rows: rising when positive, falling when negative. Never 0, at most ``maximumRows`` in size.
    public let delta: Int

    public static let maximumRows = 1024
    /// Of a history between two points in time, which has no pages.
    public static let maximumRangeRows = 8192

    /// Nil for a delta of 0; a larger one than the bank gives at once is cut.
    public init?(start: Int64? = nil, delta: Int64) {
        guard delta != 0 else { return nil }
        self.start = start
        self.delta = Int(max(-Int64(Self.maximumRows), min(Int64(Self.maximumRows), delta)))
    }

    /// False when rows that are made from now on cannot be on this page.
    public var canGrow: Bool { delta > 0 || start == nil }
}

/// Which transfers of an account are wanted.
public enum TransferDirection: String, Sendable {
    case credit, debit, both
}
