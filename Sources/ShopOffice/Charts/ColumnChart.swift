// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// Upright bars in the order of time, with an axis at the left.
struct ColumnChart {
    /// Unique in the page, in letters and dashes.
    var id: String
    var title: String
    /// In one sentence, what there is to see.
    var description: String
    var items: [ChartItem]
    /// What is shown instead of bars when there is none.
    var emptyText: String
    /// Marks of the axis are not nearer to one another than this.
    var smallest: Double

    func drawing(_ size: ChartSize) -> Markup {
        let height = size == .wide ? 280.0 : 230.0
        let scale = Scale(
            upTo: items.map(\.value).max() ?? 0, smallest: smallest.isFinite && smallest > 0 ? smallest : 1, steps: size == .wide ? 4 : 3)
        let labels = scale.marks.map(\.label)
        let left = (labels.map(TextWidth.of).max() ?? 0) + 10
        let plot = Plot(left: left, right: size.width - 6, top: 22, bottom: height - 26, scale: scale)
        var content = zip(scale.marks, labels).flatMap { mark, label in Self.rule(plot, mark, label) }
        if items.isEmpty || items.allSatisfy({ $0.value <= 0 }) {
            content.append(
                .label(emptyText, x: (plot.left + plot.right) / 2, y: (plot.top + plot.bottom) / 2, anchor: "middle", [("class", "soft")]))
        }
        content += bars(plot)
        content += axis(plot)
        let drawing = SVGNode.picture(
            id: "\(id)-\(size.name)", size: (size.width, height), title: title, description: description, content)
        return drawing
    }

    private struct Plot {
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double
        let scale: Scale

        func y(_ value: Double) -> Double { bottom - (bottom - top) * min(1, max(0, value / scale.top)) }
    }

    private static func rule(_ plot: Plot, _ mark: Scale.Mark, _ label: String) -> [SVGNode] {
        let y = plot.y(mark.value)
        return [
            .line(
                plot.left, y, plot.right, y, [("class", mark.digits == 0 ? "base" : "rule"), ("stroke", "currentColor")]),
            .label(label, x: plot.left - 6, y: y + 4, anchor: "end", [("class", "soft")]),
        ]
    }

    private func slot(_ plot: Plot) -> Double { (plot.right - plot.left) / Double(max(1, items.count)) }

    private func bars(_ plot: Plot) -> [SVGNode] {
        let slot = slot(plot)
        let width = min(56, max(slot * 0.72, slot - 12), slot)
        // Words above the bars, where all of them have room.
        let hasWords = items.count <= 12 && items.allSatisfy { TextWidth.of($0.shortText) <= slot - 4 }
        return items.enumerated().compactMap { index, item in
            guard item.value > 0 else { return nil }
            let center = plot.left + slot * (Double(index) + 0.5)
            // A bar that is there can be seen.
            let top = min(plot.y(item.value), plot.bottom - 1.5)
            let back = item.back > 0 ? min(plot.bottom, max(plot.y(max(0, item.value - item.back)), top + 1.5)) : top
            var parts = [item.hint]
            if back < plot.bottom {
                parts.append(
                    .rectangle(
                        x: center - width / 2, y: back, width: width, height: plot.bottom - back,
                        [("class", "kept"), ("fill", "currentColor")]))
            }
            if back > top {
                let inset = min(0.6, width / 4)
                parts.append(
                    .rectangle(
                        x: center - width / 2 + inset, y: top + inset, width: width - 2 * inset, height: back - top - inset,
                        [("class", "back"), ("fill", "none"), ("stroke", "currentColor")]))
            }
            if hasWords { parts.append(.label(item.shortText, x: center, y: top - 6, anchor: "middle")) }
            return .element("g", [("class", "bar")], parts)
        }
    }

    /// Labels below the bars: all of them, or every second, third …, so that none touches another.
    private func axis(_ plot: Plot) -> [SVGNode] {
        let slot = slot(plot)
        let widest = (items.map { TextWidth.of($0.label) }.max() ?? 0) + 10
        let stride = max(1, Int((widest / slot).rounded(.up)))
        return items.enumerated().compactMap { index, item in
            guard index % stride == 0 else { return nil }
            let center = plot.left + slot * (Double(index) + 0.5)
            let half = TextWidth.of(item.label) / 2
            guard center + half <= plot.right + 4 else { return nil }
            return .label(item.label, x: max(center, half), y: plot.bottom + 18, anchor: "middle", [("class", "soft")])
        }
    }
}
