// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A kind of page: its template, and what the template can show.
public protocol Page: Sendable {
    /// The template's file name without `.mustache`.
    static var templateName: String { get }
    /// Pages that together have every optional part, and an element in every list: templates are checked against their names at start.
    static var samples: [Self] { get throws }
    var record: PageRecord { get }
}
