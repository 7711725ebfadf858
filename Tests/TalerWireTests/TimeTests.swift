// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing

@Suite struct TimeTests {
    @Test(arguments: [
        #"{"t_s":1456000000}"#, #"{"t_ms":1456000000000}"#, #"{"t_ms":1456000000999}"#, #""/Date(1456000000)/""#,
    ])
    func everyFormOfATimeIsRead(_ text: String) throws {
        #expect(try Timestamp(json: JSONParser.parse(text)).seconds == 1_456_000_000)
    }

    @Test func theSmallestClassicTimeIsRead() throws { #expect(try Timestamp(json: "/Date(1)/").microseconds == 1_000_000) }

    @Test(arguments: [#"{"t_s":"never"}"#, #"{"t_ms":"never"}"#, #""/never/""#, #""/forever/""#])
    func everyFormOfNeverIsRead(_ text: String) throws {
        let time = try Timestamp(json: JSONParser.parse(text))
        #expect(time == .never)
        #expect(time.seconds == nil)
        #expect(time.microseconds == .max)
    }

    @Test func theThreeFormsAreWritten() throws {
        let time = try Timestamp(seconds: 12)
        #expect(time.json.text == #"{"t_s":12}"#)
        #expect(time.classicJSON.text == #""/Date(12)/""#)
        #expect(time.millisecondJSON.text == #"{"t_ms":12000}"#)
        #expect(ClassicTimestamp(time).json == time.classicJSON)
        #expect(MillisecondTimestamp(time).json == time.millisecondJSON)
        #expect(Timestamp.never.json.text == #"{"t_s":"never"}"#)
        #expect(Timestamp.never.classicJSON.text == #""/never/""#)
        #expect(Timestamp.never.millisecondJSON.text == #"{"t_ms":"never"}"#)
    }

    @Test(arguments: [
        "{}", #"{"t_s":-1}"#, #"{"t_s":1.5}"#, #"{"t_s":"1"}"#, #"{"t_s":"forever"}"#, #"{"t_s":null}"#, #"{"t_s":18446744073709}"#,
        #"{"t_s":9223372036854775807}"#, #"{"t_s":1,"t_ms":1000}"#, "1", "null", "[]", #""1456000000""#, #""/Date()/""#,
        #""/Date(-1)/""#, #""/Date(1)""#, #""/Date(1 )/""#, #""/Date(+1)/""#, #""/Date(99999999999999999999999)/""#, #""never""#, #""""#,
        #""/Date(/""#, #""/Date(١)/""#,
    ])
    func whatIsNoTimeIsRefused(_ text: String) {
        #expect(throws: JSONError.self) { try Timestamp(json: JSONParser.parse(text)) }
    }

    @Test func durationsAreWholeMicrosecondsOrForever() throws {
        #expect(try RelativeTime(json: ["d_us": 1_500_000]).seconds == 1)
        #expect(try RelativeTime(json: ["d_us": "forever"]) == .forever)
        for json: JSONValue in [
            [:], ["d_us": -1], ["d_us": "never"], ["d_us": 9_007_199_254_740_992], ["d_us": .number("1.5")], ["d_us": .null], 1,
        ] {
            #expect(throws: JSONError.self) { try RelativeTime(json: json) }
        }
    }

    @Test func movingATimeStopsAtTheEnds() throws {
        let time = try Timestamp(seconds: 100)
        #expect(time.advanced(bySeconds: 5).seconds == 105)
        #expect(time.advanced(bySeconds: -101) == .zero)
        #expect(time.advanced(bySeconds: .min) == .zero)
        #expect(time.advanced(bySeconds: .max).seconds == Timestamp.maximumSeconds)
        #expect(Timestamp.never.advanced(bySeconds: -5) == .never)
        #expect(time < .never)
        #expect(throws: WireError.self) { try Timestamp(seconds: Timestamp.maximumSeconds + 1) }
        #expect(throws: Never.self) { try Timestamp(seconds: Timestamp.maximumSeconds) }
    }
}
