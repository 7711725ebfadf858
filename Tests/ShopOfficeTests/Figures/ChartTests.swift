// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Pages
import Testing

@testable import ShopOffice

struct ChartTests {
    static func item(_ value: Double, back: Double = 0, name: String = "n", label: String = "l", text: String? = nil) -> ChartItem {
        ChartItem(label: label, name: name, value: value, back: back, text: text ?? "\(value)", shortText: text ?? "\(value)")
    }

    /// All drawings of these values.
    static func drawings(_ items: [ChartItem]) -> [String] {
        let column = ColumnChart(id: "c", title: "T", description: "D", items: items, emptyText: "Nothing.", smallest: 0.01)
        let row = RowChart(id: "r", title: "T", description: "D", items: items)
        return ChartSize.allCases.flatMap { [column.drawing($0).html, row.drawing($0).html] }
            + [Sparkline(id: "s", title: "T", description: "D", items: items).drawing.html]
    }

    private static let nasty = "\"'`><script>alert(1)</script>&amp;\u{0}\u{8}\u{FFFE}\"\u{301} onload=x ]]> <!-- \u{202E}rtl 漢字🧑‍🚀 é"

    static let cases: [[ChartItem]] = [
        [],
        [item(0)],
        [item(5)],
        [item(1e-8)],
        (0..<400).map { item(Double($0 % 7), back: Double($0 % 3), label: "1\($0 % 10) Nov") },
        [item(1e300), item(1)],
        [item(.infinity), item(.nan), item(-5), item(1, back: 9)],
        [item(4_503_599_627_370_496, text: "4,503,599,627,370,496.99999999 ABCDEFGHIJK"), item(0.00000001)],
        [item(1, name: String(repeating: "Long ", count: 400)), item(2, name: String(repeating: "漢", count: 300))],
        [item(3, back: 3, name: nasty, label: nasty, text: nasty)],
    ]

    @Test(arguments: cases) func everyDrawingIsWellFormedAndStaysInItsFrame(_ items: [ChartItem]) throws {
        for drawing in Self.drawings(items) {
            let reader = DrawingReader()
            try reader.read(drawing)
            #expect(reader.names.first == "svg")
            #expect(Set(reader.names).isSubset(of: ["svg", "title", "desc", "g", "rect", "line", "text"]))
            #expect(reader.attributeNames.isDisjoint(with: ["style", "onload", "onclick", "href"]))
            #expect(reader.roles == ["img"])
            #expect(reader.ids.count == 2 && Set(reader.ids).count == 2)
            #expect(reader.labelledBy == reader.ids)
            for box in reader.boxes {
                #expect(
                    box.minX >= -0.01 && box.minY >= -0.01 && box.maxX <= reader.size.width + 0.01 && box.maxY <= reader.size.height + 0.01)
            }
        }
    }

    @Test func whatProductsAreCalledStaysText() throws {
        for drawing in Self.drawings([Self.item(3, back: 1, name: Self.nasty, label: Self.nasty, text: Self.nasty)]) {
            #expect(!drawing.contains("<script"))
            let reader = DrawingReader()
            try reader.read(drawing)
            // The hint has the whole name; the parser has resolved the references.
            #expect(reader.texts.contains { $0.contains("\"'`><script>alert(1)</script>&amp;") })
        }
    }

    @Test func barsAreAsLongAsTheirValues() throws {
        let chart = ColumnChart(
            id: "c", title: "T", description: "D", items: [Self.item(10), Self.item(5, back: 2.5), Self.item(0)], emptyText: "", smallest: 1
        )
        let reader = DrawingReader()
        try reader.read(chart.drawing(.wide).html)
        let heights = reader.boxes.map(\.height)
        // Ten, then the kept and the hollow half of five; nothing for zero.
        #expect(heights.count == 3)
        #expect(abs(heights[1] * 4 - heights[0]) < 0.1)
        #expect(abs(heights[2] - heights[1]) < 1)
    }

    @Test func labelsOfFourHundredDaysDoNotTouch() throws {
        let items = (0..<400).map { Self.item(1, label: "\($0 % 28 + 1) Nov") }
        for size in ChartSize.allCases {
            let chart = ColumnChart(id: "c", title: "T", description: "D", items: items, emptyText: "", smallest: 1)
            let reader = DrawingReader()
            try reader.read(chart.drawing(size).html)
            let labels = reader.labels.filter { $0.text.hasSuffix("Nov") }.sorted { $0.x < $1.x }
            #expect(labels.count >= 4)
            for (left, right) in zip(labels, labels.dropFirst()) {
                #expect(left.x + TextWidth.of(left.text) / 2 < right.x - TextWidth.of(right.text) / 2)
            }
        }
    }

    @Test(
        arguments: [
            (0, 1, ["0", "1"]), (0, 0.01, ["0", "0.01"]), (0.03, 0.01, ["0", "0.01", "0.02", "0.03"]), (1, 0.01, ["0", "0.5", "1"]),
            (9, 1, ["0", "5", "10"]), (37.5, 0.01, ["0", "10", "20", "30", "40"]), (4_300, 1, ["0", "2,000", "4,000", "6,000"]),
            (43_000, 1, ["0", "20k", "40k", "60k"]), (1_500_000, 1, ["0", "500k", "1M", "1.5M"]), (8e9, 1, ["0", "2B", "4B", "6B", "8B"]),
            (4.5e15, 1, ["0", "2e15", "4e15", "6e15"]), (-3, 1, ["0", "1"]),
        ] as [(Double, Double, [String])]) func axesHaveRoundMarks(_ highest: Double, _ smallest: Double, _ labels: [String])
    {
        let scale = Scale(upTo: highest, smallest: smallest)
        #expect(scale.marks.map(\.label) == labels)
        #expect(scale.top >= highest)
    }

    @Test func axesFitAnyValue() {
        for power in stride(from: -8.0, to: 300, by: 0.37) {
            let highest = pow(10, power)
            let scale = Scale(upTo: highest, smallest: 1e-8)
            #expect(scale.top >= highest * 0.999_999 && scale.top <= highest * 2.6)
            #expect((2...7).contains(scale.marks.count))
        }
    }

    @Test func longNamesAreCutAtCharacters() {
        #expect(TextWidth.fitted("Tally Sticks", into: 200) == "Tally Sticks")
        let cut = TextWidth.fitted(String(repeating: "👩‍👩‍👧", count: 50), into: 100)
        #expect(cut.hasSuffix("👩‍👩‍👧…") || cut == "…")
        #expect(TextWidth.of(TextWidth.fitted(String(repeating: "W", count: 500), into: 100)) <= 100)
    }
}
