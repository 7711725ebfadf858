// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The field `Accept-Language` (RFC 9110, section 12.5.4): ranges with weights. What cannot be read is as if it were not there.
struct AcceptLanguage {
    /// In the order in which they came.
    private var ranges: [Range] = []

    private struct Range {
        /// Lower case; `*` or the first subtag, and what follows it.
        var primary: String
        var isWhole: Bool
        /// Thousandths.
        var weight: Int
    }

    init(_ fields: [String]) {
        for field in fields {
            for piece in field.utf8.split(separator: UInt8(ascii: ",")) {
                if let range = Self.range(String(decoding: piece, as: UTF8.self)) { ranges.append(range) }
            }
        }
    }

    private static func range(_ text: String) -> Range? {
        let parts = text.utf8.split(separator: UInt8(ascii: ";")).map { trimmed(String(decoding: $0, as: UTF8.self)).lowercased() }
        guard let tag = parts.first, parts.count <= 2 else { return nil }
        let subtags = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let primary = subtags.first, tag == "*" || subtags.allSatisfy(isSubtag) else { return nil }
        guard parts.count == 2 else { return Range(primary: primary, isWhole: subtags.count == 1, weight: 1000) }
        return weight(parts[1]).map { Range(primary: primary, isWhole: subtags.count == 1, weight: $0) }
    }

    private static func trimmed(_ text: String) -> String {
        let blank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let bytes = text.utf8.drop(while: blank).reversed().drop(while: blank).reversed()
        return String(decoding: Array(bytes), as: UTF8.self)
    }

    private static func isSubtag(_ text: String) -> Bool {
        (1...8).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
    }

    /// `q=0.5` as 500.
    private static func weight(_ text: String) -> Int? {
        guard text.hasPrefix("q=") else { return nil }
        let digits = Array(text.utf8.dropFirst(2))
        guard let first = digits.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1"), digits.count <= 5 else { return nil }
        guard digits.count > 1 else { return first == UInt8(ascii: "1") ? 1000 : 0 }
        let places = digits.dropFirst(2)
        guard digits[1] == UInt8(ascii: "."), places.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let fraction = places.reduce(0) { $0 * 10 + Int($1 - 0x30) } * [1000, 100, 10, 1][places.count]
        guard first == UInt8(ascii: "0") || fraction == 0 else { return nil }
        return first == UInt8(ascii: "1") ? 1000 : fraction
    }

    /// Of the languages on offer the one with the greatest weight; among equals the one that came first in the field, then the one that is
    /// offered first. A range of a country (`de-AT`) counts for its language, but its refusal does not. Nil when none is wanted.
    func best(of offered: [Language]) -> Language? {
        let ranked = offered.enumerated().compactMap { index, language in
            weight(of: language).map { (language: language, weight: $0.weight, place: $0.place, index: index) }
        }
        return ranked.filter { $0.weight > 0 }
            .min { ($1.weight, $0.place, $0.index) < ($0.weight, $1.place, $1.index) }?.language
    }

    private func weight(of language: Language) -> (weight: Int, place: Int)? {
        let own = ranges.enumerated().filter { $0.element.primary == language.code && ($0.element.isWhole || $0.element.weight > 0) }
        let counting = own.isEmpty ? ranges.enumerated().filter { $0.element.primary == "*" } : own
        return counting.max { ($0.element.weight, $1.offset) < ($1.element.weight, $0.offset) }
            .map { (weight: $0.element.weight, place: own.isEmpty ? ranges.count : $0.offset) }
    }
}
