// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// Two amounts, one a line, each as text or as JSON: every form reads back, and arithmetic keeps its laws.
enum AmountsTarget {
    static func run(_ input: [UInt8]) {
        let lines = input.split(separator: 0x0A, maxSplits: 1).map { Array($0) }
        let amounts = lines.compactMap(read)
        for amount in amounts { check(amount) }
        if amounts.count == 2 { check(amounts[0], amounts[1]) }
    }

    private static func read(_ line: [UInt8]) -> Amount? {
        if let value = try? JSONParser.parse(line) { return try? Amount(json: value) }
        guard let text = String(validating: line, as: UTF8.self), let amount = try? Amount(text) else { return nil }
        require((try? Amount(json: .string(text))) == amount, "the text is read alike inside JSON")
        return amount
    }

    private static func check(_ amount: Amount) {
        require(amount.value <= Amount.maximumValue && amount.fraction < Amount.fractionBase, "the parts are in range")
        require((try? Amount(amount.description)) == amount, "the text form reads back")
        require((try? Amount(json: amount.json)) == amount, "the JSON form reads back")
        require((try? Amount(json: amount.classicJSON)) == amount, "the classic form reads back")
        require((try? Amount.make(amount.currency, total: amount.units)) == amount, "units and back")
        require((try? amount.subtracting(amount))?.isZero == true, "less itself is zero")
        require(amount.isMultiple(of: amount), "a multiple of itself")
        require((try? amount.roundedDown(to: amount)) == amount, "rounded to itself")
        let half = must("a half") { try amount.divided(by: 2) }
        let doubled = must("twice a half") { try half.multiplied(by: 2) }
        require(amount.units - doubled.units <= 1, "twice the half loses one unit at most")
        require((try? amount.divided(by: 0)) == nil, "nothing is divided by zero")
    }

    private static func check(_ left: Amount, _ right: Amount) {
        guard left.currency == right.currency else {
            require((try? left.adding(right)) == nil && (try? left.subtracting(right)) == nil, "currencies are not mixed")
            return
        }
        let sum = try? left.adding(right)
        require(sum == (try? right.adding(left)), "addition commutes")
        require(sum == (try? Amount.sum([left, right], in: left.currency)), "a sum of two")
        if let sum { require((try? sum.subtracting(right)) == left, "what was added can be taken off") }
        require(((try? left.subtracting(right)) == nil) == (left.units < right.units), "only what is less cannot be taken from")
        let rounded = must("rounding") { try left.roundedDown(to: right) }
        require(rounded.units <= left.units && rounded.isMultiple(of: right), "rounded down to a multiple")
        require(must("compared") { try left.compare(right) } == -must("compared") { try right.compare(left) }, "comparing is symmetric")
    }
}
