// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Guesses which word somebody meant who wrote another one.
public enum Misspelling {
    /// Longer words are nobody's slip of the finger.
    private static let maximumLength = 64

    /// The known word that takes the fewest letters put in, left out, replaced or swapped with the next: at most one of words with less than
    /// five letters, and two of others.
    /// - Returns: nil when none is so near, and for words with less than three letters.
    public static func nearest(to word: String, in known: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().utf8)
        guard (3...maximumLength).contains(letters.count) else { return nil }
        let limit = letters.count < 5 ? 1 : 2
        return known.map { (distance(letters, Array($0.lowercased().utf8), limit), $0) }.filter { $0.0 <= limit && $0.1.utf8.count > 2 }
            .min { $0 < $1 }?.1
    }

    /// More than `limit` when the lengths alone say so.
    private static func distance(_ left: [UInt8], _ right: [UInt8], _ limit: Int) -> Int {
        guard abs(left.count - right.count) <= limit else { return limit + 1 }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
