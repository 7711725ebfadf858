// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A bar of a chart: what came in, and what of it went out again.
struct ChartItem {
    /// For an axis.
    var label: String
    /// Whole, shown where the mouse rests.
    var name: String
    /// The whole bar; less than zero counts as zero.
    var value: Double
    /// The part of it that was given back, drawn hollow at the bar's end.
    var back = 0.0
    /// The value in words, as it stands in the table.
    var text: String
    /// The value in few letters.
    var shortText: String
    /// Not a thing of its own, but all that have no bar.
    var isRest = false

    /// `name: text`, for who points at it.
    var hint: SVGNode { .element("title", [], text: "\(name): \(text)") }
}

/// The room that a drawing has. Pages hold both, and show the one that fits the screen.
enum ChartSize: CaseIterable {
    case wide, narrow

    var name: String { self == .wide ? "wide" : "narrow" }
    var width: Double { self == .wide ? 760 : 340 }
}
