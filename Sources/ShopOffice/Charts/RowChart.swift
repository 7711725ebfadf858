// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// Lying bars with names, the longest first. On narrow screens the name stands above its bar.
struct RowChart {
    /// Unique in the page, in letters and dashes.
    var id: String
    var title: String
    var description: String
    var items: [ChartItem]

    func drawing(_ size: ChartSize) -> Markup {
        let longest = max(items.map(\.value).max() ?? 0, .leastNormalMagnitude)
        let words = items.map { TextWidth.of($0.shortText) }.max() ?? 0
        let rowHeight = size == .wide ? 27.0 : 44.0
        let left = size == .wide ? min(230, (items.map { TextWidth.of($0.name) }.max() ?? 0) + 12) : 0
        // At least a fifth of the drawing is for the bars, however long the words.
        let room = size == .wide ? max(size.width - left - words - 12, size.width / 5) : size.width
        let rows = items.enumerated().map { index, item -> SVGNode in
            let row = Row(
                top: Double(index) * rowHeight, left: left, length: room * min(1, max(0, item.value / longest)), size: size,
                words: min(words, size.width / 2))
            return Self.row(item, row)
        }
        let height = max(1, Double(items.count)) * rowHeight
        return SVGNode.picture(
            id: "\(id)-\(size.name)", size: (size.width, height), title: title, description: description, rows)
    }

    private struct Row {
        let top: Double
        let left: Double
        let length: Double
        let size: ChartSize
        let words: Double
    }

    private static func row(_ item: ChartItem, _ row: Row) -> SVGNode {
        let isWide = row.size == .wide
        let bar = (top: row.top + (isWide ? 5 : 21), height: isWide ? 17.0 : 14.0)
        let nameRoom = isWide ? row.left - 10 : row.size.width - row.words - 14
        let name = TextWidth.fitted(item.name, into: nameRoom)
        var parts = [item.hint]
        parts.append(.label(name, x: isWide ? row.left - 8 : 0, y: row.top + (isWide ? 18 : 14), anchor: isWide ? "end" : "start"))
        let length = item.value > 0 ? max(1.5, row.length) : 0
        let back = item.value > 0 ? min(length, max(0, length * item.back / item.value)) : 0
        if length - back > 0 {
            parts.append(
                .rectangle(
                    x: row.left, y: bar.top, width: length - back, height: bar.height,
                    [("class", item.isRest ? "kept rest" : "kept"), ("fill", "currentColor")]))
        }
        if back > 0 {
            parts.append(
                .rectangle(
                    x: row.left + length - back + 0.6, y: bar.top + 0.6, width: max(0.5, back - 1.2), height: bar.height - 1.2,
                    [("class", "back"), ("fill", "none"), ("stroke", "currentColor")]))
        }
        parts.append(
            .label(
                item.shortText, x: isWide ? row.left + length + 7 : row.size.width, y: row.top + (isWide ? 18 : 14),
                anchor: isWide ? "start" : "end"))
        return .element("g", [("class", "bar")], parts)
    }
}
