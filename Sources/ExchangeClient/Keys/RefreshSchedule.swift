// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// When keys are fetched by themselves.
public struct RefreshSchedule: Sendable {
    /// The longest time between two fetches.
    public var longest = Duration.seconds(3600)
    /// The shortest, however soon the keys expire.
    public var shortest = Duration.seconds(10)
    /// The longest time between two attempts while fetching fails.
    public var longestRetry = Duration.seconds(60)
    /// Requests that meet an unknown key bring about one fetch in this time, at most.
    public var demandInterval = Duration.seconds(10)
    /// Answers of the exchange that do not fit the keys bring about one fetch in this time, at most.
    public var answerInterval = Duration.seconds(1)
    /// Requests that find no keys at all bring about one failing fetch in this time, at most.
    public var failureInterval = Duration.seconds(1)

    public init() {}

    /// After a success: some time before the deadline, by chance, so that not all merchants come at once.
    func delay(until deadline: Timestamp, now: Timestamp) -> Duration {
        let left = deadline > now ? Double((deadline.microseconds - now.microseconds) / 1_000_000) : 0
        let share = Duration.seconds(min(left, Double(longest.components.seconds))) * Double.random(in: 0.7...0.9)
        return max(shortest, share)
    }

    /// After a number of failures in a row, 1 or more: 1, 2, 4 … seconds, each moved by up to a quarter at random.
    func delay(afterFailures count: Int) -> Duration {
        let grown = Duration.seconds(1 << min(max(count - 1, 0), 20))
        return min(grown, longestRetry) * Double.random(in: 0.75...1.25)
    }
}
