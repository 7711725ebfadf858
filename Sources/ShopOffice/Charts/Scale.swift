// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// An axis from zero, with marks at round numbers: 1, 2 or 5 times a power of ten apart.
struct Scale {
    /// Rising, the first is zero.
    let marks: [Mark]
    /// The value at the axis's end; above zero.
    let top: Double

    struct Mark: Equatable {
        /// The number is `digits` times ten to the power of `exponent`.
        let digits: Int
        let exponent: Int

        var value: Double { Double(digits) * pow(10, Double(exponent)) }
    }

    /// - Parameters:
    ///   - highest: what has to fit; less than zero counts as zero.
    ///   - smallest: marks are not nearer to one another than this; above zero.
    ///   - steps: about so many marks above zero.
    init(upTo highest: Double, smallest: Double, steps: Int = 4) {
        let highest = highest.isFinite ? max(0, highest) : 0
        let wanted = max(highest / Double(max(1, steps)), smallest)
        var exponent = Int(floor(log10(wanted)))
        var digits = 1
        // 1 % more room for what floating point numbers make of round ones.
        while Mark(digits: digits, exponent: exponent).value < wanted * 0.99 {
            switch digits {
            case 1: digits = 2
            case 2: digits = 5
            default:
                digits = 1
                exponent += 1
            }
        }
        let step = Mark(digits: digits, exponent: exponent)
        let count = max(1, Int((highest / step.value - 1e-9).rounded(.up)))
        marks = (0...count).map { Mark(digits: $0 * step.digits, exponent: step.exponent) }
        top = Double(count) * step.value
    }
}

extension Scale.Mark {
    /// For an axis: `0`, `0.05`, `2,500`, `20k`, `3M`, `1.5B`, `2T`, `4e18`.
    var label: String {
        guard digits != 0 else { return "0" }
        var digits = digits
        var exponent = exponent
        while digits % 10 == 0 {
            digits /= 10
            exponent += 1
        }
        let power = "\(digits)".count - 1 + exponent
        let (suffix, down) =
            switch power {
            case ..<4: ("", 0)
            case ..<6: ("k", 3)
            case ..<9: ("M", 6)
            case ..<12: ("B", 9)
            case ..<15: ("T", 12)
            default: ("e\(power)", power)
            }
        let text = Self.text(digits, exponent - down)
        return text.count == 4 && !text.contains(".") ? "\(text.prefix(1)),\(text.dropFirst())" : text + suffix
    }

    private static func text(_ digits: Int, _ exponent: Int) -> String {
        guard exponent < 0 else { return "\(digits)" + String(repeating: "0", count: exponent) }
        let text = "\(digits)"
        let padded = String(repeating: "0", count: max(0, 1 - exponent - text.count)) + text
        return "\(padded.dropLast(-exponent)).\(padded.suffix(-exponent))"
    }
}
