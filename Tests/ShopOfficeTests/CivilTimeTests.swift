// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing

@testable import ShopOffice

@Suite struct CivilTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (951_868_799, "2000-02-29T23:59:59Z"),
        (951_868_800, "2000-03-01T00:00:00Z"), (1_800_000_000, "2027-01-15T08:00:00Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ])
    func aMomentHasItsDayAndHour(seconds: UInt64, text: String) throws {
        let time = try Timestamp(seconds: seconds)
        #expect(time.machineText == text)
        let day = CivilTime.day(String(text.prefix(10)))
        #expect(text.hasPrefix("9999") ? day == nil : day?.seconds == seconds / 86_400 * 86_400)
    }

    @Test(arguments: [
        "", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31", "1969-12-31", "2026-1-1", "2026-01-01 ", "+026-01-01",
        "2026/01/01", "२०२६-०१-०१", "2026-01-01-", "9999-01-01", "10000-01-01",
    ])
    func whatIsNoDayIsNone(text: String) { #expect(CivilTime.day(text) == nil) }

    @Test func everyDayOfFourCenturiesIsReadAsItIsWritten() throws {
        let wrong = try (0..<146_097 as Range<UInt64>).filter { number in
            let time = try Timestamp(seconds: number * 86_400)
            return CivilTime.day(time.dayText) != time
        }
        #expect(wrong.isEmpty)
    }

    @Test func neverIsNoDate() {
        #expect(Timestamp.never.text == "never")
        #expect(Timestamp.never.machineText.isEmpty)
    }

    @Test func amountsAreGrouped() throws {
        #expect(try Amount("KUDOS:1234567.5").text == "1,234,567.50 KUDOS")
        #expect(try Amount("KUDOS:123").text == "123.00 KUDOS")
        #expect(try Amount("KUDOS:1000.12345678").text == "1,000.12345678 KUDOS")
    }
}
