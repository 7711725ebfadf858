// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import TalerWire
import Testing

@testable import ShopOffice

struct DayTests {
    @Test func everyDayOfTheCalendarIsReadAsItIsWritten() throws {
        var expected = Day(clamping: 0)
        #expect("\(expected)" == "1970-01-01")
        for number in stride(from: 0, through: Day.last.number, by: 371) {
            expected = Day(clamping: number)
            #expect(Day("\(expected)") == expected)
        }
        #expect("\(Day.last)" == "9998-12-31")
    }

    @Test(arguments: [
        "", "9999-01-01", "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-00", "1969-12-31", "26-11-21", "2026-11-21x", "2026/11/21",
        "+026-11-21",
        "２０２６-11-21", "2026-11-2\u{301}1",
    ]) func whatIsNoDayIsNotRead(_ text: String) { #expect(Day(text) == nil) }

    @Test func weeksBeginOnMondayAndMonthsOnTheFirst() throws {
        let day = try #require(Day("2026-11-21"))
        #expect(day.full == "Saturday, 21 November 2026")
        #expect(day.short == "21 Nov")
        #expect("\(day.firstOfWeek)" == "2026-11-16")
        #expect("\(day.firstOfMonth)" == "2026-11-01")
        #expect("\(day.firstOfNextMonth)" == "2026-12-01")
        #expect("\(day.firstOfMonth(before: 11))" == "2025-12-01")
        #expect(try #require(Day("2024-02-29")).firstOfNextMonth == Day("2024-03-01"))
        #expect(Day(clamping: .max) == Day.last)
        #expect(Day(clamping: .min).number == 0)
        #expect(Day(.never) == Day.last)
    }

    @Test func spansCoverEachDayOnceAndLoseNothing() throws {
        let days = try #require(Day("2025-10-18"))...(try #require(Day("2026-11-21")))
        let found = days.numbers.filter { $0 % 3 != 0 }.map {
            Revenue.Day(number: $0, takings: .init(orders: 1, paid: MoneySum(units: Int128($0)), refunded: MoneySum(units: 1)))
        }
        let total = Revenue(days: found, products: [], foreignOrders: 0).total
        for step in TimeStep.allCases {
            let spans = step.spans(days, found)
            #expect(spans.first?.first == days.lowerBound)
            #expect(spans.last?.last == days.upperBound)
            for (span, next) in zip(spans, spans.dropFirst()) { #expect(span.last.advanced(by: 1) == next.first) }
            #expect(spans.reduce(into: Revenue.Takings.none) { $0 += $1.takings } == total)
        }
        #expect(TimeStep.day.spans(days, found).count == 400)
        let weeks = TimeStep.week.spans(days, found)
        #expect(weeks.dropFirst().allSatisfy { $0.first.weekday == 0 })
        #expect(weeks.first?.name == "18 October 2025 to 19 October 2025")
        let months = TimeStep.month.spans(days, found)
        #expect(months.count == 14)
        #expect(months.first?.name == "October 2025 (18 to 31)")
        #expect(months.dropFirst().first?.name == "November 2025")
    }

    @Test func theLastDayOfAllHasAnEnd() {
        for step in TimeStep.allCases { #expect(step.spans(Day.last...Day.last, []).count == 1) }
    }

    @Test func stepsBecomeCoarserWhenThereAreTooManyBars() throws {
        let end = try #require(Day("2026-11-21"))
        func shown(_ step: TimeStep, _ days: Int) -> TimeStep { step.coarsened(for: end.advanced(by: 1 - days)...end) }
        #expect(shown(.day, 100) == .day)
        #expect(shown(.day, 101) == .week)
        #expect(shown(.week, 700) == .week)
        #expect(shown(.day, 3660) == .month)
        #expect(shown(.month, 3660) == .month)
        #expect(TimeStep.fitting(end...end) == .day)
        #expect(TimeStep.fitting(end.advanced(by: -399)...end) == .month)
    }
}
