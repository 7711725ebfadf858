// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// How long an exchange has been giving the same useless answer to one refund request, and what follows from it.
public struct RefundPatience: Sendable, Equatable {
    /// How often the last answer came, in a row.
    public let sameAnswers: Int
    /// Since when.
    public let since: Timestamp

    public init(sameAnswers: Int, since: Timestamp) {
        self.sameAnswers = sameAnswers
        self.since = since
    }

    /// A refund is stuck after this many equal answers over this many seconds. It is still asked for, at long intervals.
    static let stuckAnswers = 10
    static let stuckSeconds: Int64 = 2 * 86_400

    /// - Parameter now: a clock that was set back makes nothing stuck.
    public func isStuck(at now: Timestamp) -> Bool {
        sameAnswers >= Self.stuckAnswers && since.advanced(bySeconds: Self.stuckSeconds) <= now
    }

    /// Before the next attempt: 1, 2, 4 … seconds up to an hour, each moved by up to a quarter at random; half a day when it is stuck.
    public static func growingDelay(_ attempts: Int, isStuck: Bool) -> Duration {
        let seconds = isStuck ? 43_200.0 : min(3_600.0, Double(1 << min(max(attempts - 1, 0), 12)))
        return .milliseconds(Int64(seconds * 1000 * Double.random(in: 0.75...1.25)))
    }
}
