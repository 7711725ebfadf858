// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import Sodium

extension Withdrawal.Question {
    /// Two numbers from 2 to 19.
    static func random() -> Withdrawal.Question {
        Withdrawal.Question(first: 2 + Int(RandomBytes.uniform(below: 18)), second: 2 + Int(RandomBytes.uniform(below: 18)))
    }

    /// `What is seven plus twelve?`
    var text: String { "What is \(NumberWords.text(first)) plus \(NumberWords.text(second))?" }
}

/// Small numbers in English.
enum NumberWords {
    private static let small = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

    /// Digits from 100 on and below 0.
    static func text(_ number: Int) -> String {
        switch number {
        case 0..<20: small[number]
        case 20..<100: tens[number / 10 - 2] + (number % 10 == 0 ? "" : "-" + small[number % 10])
        default: "\(number)"
        }
    }

    /// Reads digits and, below 100, words. Nil for everything else.
    static func number(_ text: String) -> Int? {
        let text = text.trimmingWhitespace.lowercased()
        if !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Int(text) }
        let joined = text.split { $0 == " " || $0 == "-" }.joined(separator: "-")
        return (0..<100).first { Self.text($0) == joined }
    }
}
