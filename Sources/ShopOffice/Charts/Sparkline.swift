// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// A few bars without axes, the last one brightest: how the last days were.
struct Sparkline {
    /// Unique in the page, in letters and dashes.
    var id: String
    var title: String
    var description: String
    var items: [ChartItem]

    var drawing: Markup {
        let size = (width: 220.0, height: 64.0)
        let bottom = size.height - 18
        let highest = max(items.map(\.value).max() ?? 0, .leastNormalMagnitude)
        let slot = size.width / Double(max(1, items.count))
        let bars = items.enumerated().map { index, item -> SVGNode in
            let height = item.value > 0 ? max(2, bottom * min(1, item.value / highest)) : 1
            let x = slot * Double(index) + slot * 0.14
            return .element(
                "g", [("class", "bar")],
                [
                    item.hint,
                    .rectangle(
                        x: x, y: bottom - height, width: slot * 0.72, height: height,
                        [("class", index == items.count - 1 ? "kept" : "kept rest"), ("fill", "currentColor")]),
                    .label(item.label, x: x + slot * 0.36, y: size.height - 4, anchor: "middle", [("class", "soft")]),
                ])
        }
        return SVGNode.picture(id: id, size: size, title: title, description: description, bars)
    }
}
