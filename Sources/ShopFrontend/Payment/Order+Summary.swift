// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore

extension Order {
    /// The first line's title, and how many more there are: `What Small Change Is For (+2)`.
    var summary: String {
        let first = lines.first?.title ?? ""
        return lines.count > 1 ? "\(first) (+\(lines.count - 1))" : first
    }
}
