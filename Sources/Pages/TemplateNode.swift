// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A piece of a template that has a tag; text between tags is of no interest to the check.
struct TemplateNode: Equatable {
    let kind: Kind
    let name: String
    let line: Int
    var children: [TemplateNode] = []

    enum Kind: Equatable {
        /// `{{name}}`
        case variable
        /// `{{{name}}}`
        case unescaped
        /// `{{#name}}`
        case section
        /// `{{^name}}`
        case inverted
        /// `{{>name}}`
        case partial
        /// `{{<name}}`
        case parent
        /// `{{$name}}`
        case block
    }
}
