// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A kind of page: its template, and what the template can show.
public protocol Page: Sendable {
    /// The template's file name without `.mustache`.
    static var templateName: String { get }
    /// A page with every optional part present and every list with an element: templates are checked against its names at start.
    static var sample: Self { get }
    var record: PageRecord { get }
}
