// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

@testable import ShopFrontend
import TalerWire
import Testing

struct TokenBucketsTests {
    private let buckets = TokenBuckets()
    private let start: Timestamp
    private let rate = TokenBuckets.Rate(burst: 3, perHour: 60)

    init() throws { start = try Timestamp(seconds: 1_800_000_000) }

    private func take(_ key: String = "a", after seconds: Int64 = 0) -> Int64? {
        buckets.take([TokenBuckets.Charge(key: key, rate: rate)], at: start.advanced(bySeconds: seconds))
    }

    @Test func soManyPassAtOnceAndThenOneAMinute() {
        for _ in 0..<3 { #expect(take() == nil) }
        #expect(take() == 60)
        #expect(take(after: 59) == 1)
        #expect(take(after: 60) == nil)
        #expect(take(after: 60) == 60)
    }

    @Test func whoIsRefusedIsNotChargedForIt() {
        for _ in 0..<3 { #expect(take() == nil) }
        for _ in 0..<100 { #expect(take(after: 30) == 30) }
        #expect(take(after: 60) == nil)
    }

    @Test func aRestFillsTheBucketAndNoMore() {
        for _ in 0..<3 { #expect(take() == nil) }
        for _ in 0..<3 { #expect(take(after: 1_000_000_000) == nil) }
        #expect(take(after: 1_000_000_000) == 60)
    }

    @Test func aClockThatGoesBackGivesNothing() {
        for _ in 0..<3 { #expect(take(after: 100) == nil) }
        #expect(take(after: 0) == 60)
    }

    @Test func othersAreNotConcerned() {
        for _ in 0..<4 { _ = take("a") }
        #expect(take("b") == nil)
    }

    @Test func ofTwoBucketsNoneIsChargedUnlessBothHaveAToken() {
        let both = ["a", "b"].map { TokenBuckets.Charge(key: $0, rate: rate) }
        for _ in 0..<3 { #expect(take("a") == nil) }
        #expect(buckets.take(both, at: start) == 60)
        for _ in 0..<3 { #expect(take("b") == nil) }
        #expect(take("b") == 60)
    }

    @Test func memoryIsBoundedAndThoseWhoAskMostAreRemembered() {
        for _ in 0..<3 { _ = take("greedy") }
        for number in 0..<TokenBuckets.maximumBuckets * 2 { #expect(take("other \(number)") == nil) }
        #expect(buckets.count <= TokenBuckets.maximumBuckets)
        #expect(take("greedy") == 60)
    }
}
