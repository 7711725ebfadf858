// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// Points in time and lengths of time, in every form.
enum TimesTarget {
    static func run(_ input: [UInt8]) {
        guard let text = String(validating: input, as: UTF8.self) else { return }
        for json in [(try? JSONParser.parse(input)), .string(text)].compactMap(\.self) {
            if let time = try? Timestamp(json: json) { check(time) }
            if let time = try? RelativeTime(json: json) {
                require((try? RelativeTime(json: time.json)) == time, "a length reads back")
            }
        }
    }

    private static func check(_ time: Timestamp) {
        for form in [time.json, time.classicJSON, time.millisecondJSON] {
            require((try? Timestamp(json: form)) == time, "\(form.text) reads back")
        }
        require(time.isNever || time.microseconds % 1_000_000 == 0, "whole seconds")
        require(time.isNever == (time.seconds == nil), "never has no seconds")
        for delta in [Int64.min, -86_400, -1, 0, 1, 86_400, .max] {
            let moved = time.advanced(bySeconds: delta)
            require(time.isNever ? moved.isNever : !moved.isNever, "never stays, and nothing becomes it")
            require(delta < 0 ? moved <= time : moved >= time, "moved in the right direction")
        }
    }
}
