// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Testing

struct QueryTests {
    private func pairs(_ text: String) -> [[String]]? { Query(encoded: text).map { $0.pairs.map { [$0.name, $0.value] } } }

    @Test(arguments: [
        ("", []), ("a=1", [["a", "1"]]), ("a=1&b=2", [["a", "1"], ["b", "2"]]), ("a", [["a", ""]]), ("a=", [["a", ""]]),
        ("=1", [["", "1"]]),
        ("a=1&&b=2&", [["a", "1"], ["b", "2"]]), ("a=b=c", [["a", "b=c"]]), ("a=1%262", [["a", "1&2"]]), ("a%3D=1+2", [["a=", "1 2"]]),
    ])
    func itIsSplitBeforeItIsDecoded(_ text: String, _ expected: [[String]]) { #expect(pairs(text) == expected) }

    @Test(arguments: ["a=%", "%=1", "a=%FF", "a=1&b=%00"]) func onePieceThatIsInvalidRefusesAll(_ text: String) {
        #expect(Query(encoded: text) == nil)
    }

    @Test func theFirstOfSeveralCounts() throws {
        let query = try #require(Query(encoded: "a=1&a=2"))
        #expect(query["a"] == "1")
        #expect(query["A"] == nil)
        #expect(query.pairs.count == 2)
    }
}
