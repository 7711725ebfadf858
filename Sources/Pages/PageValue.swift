// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a template can show under one name.
public enum PageValue: Sendable, Equatable {
    /// Escaped whatever the template does with it: `{{name}}`.
    case text(String)
    /// Put in as it is: `{{{name}}}`.
    case markup(Markup)
    /// Shows or hides a section: `{{#name}}`, `{{^name}}`.
    case flag(Bool)
    /// A section with names of its own.
    case record(PageRecord)
    /// A section that is not shown, and the names that it has when it is: for parts that several pages share.
    case hidden(PageRecord)
    /// A section that is repeated.
    case list([PageValue])
}

extension PageValue {
    /// The names of both, where both have names; else this value.
    func united(with other: PageValue) -> PageValue {
        switch (self, other) {
        case (.record(let left), .record(let right)): .record(left.united(with: right))
        case (.hidden(let left), .hidden(let right)): .hidden(left.united(with: right))
        case (.record(let left), .hidden(let right)), (.hidden(let left), .record(let right)): .record(left.united(with: right))
        case (.list(let left), .list(let right)): .list(left + right)
        default: self
        }
    }
}

extension PageValue: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self = .text(text) }
}

/// The names that a template, or a section of one, can use.
public struct PageRecord: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    public private(set) var values: [String: PageValue]

    public init(_ values: [String: PageValue] = [:]) { self.values = values }

    public init(dictionaryLiteral elements: (String, PageValue)...) {
        values = Dictionary(elements, uniquingKeysWith: { $1 })
    }

    /// Nil for a name that is not there: its section is hidden.
    public subscript(_ name: String) -> PageValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Both records in one; where both have a name, the other's value.
    public func merging(_ other: PageRecord) -> PageRecord { PageRecord(values.merging(other.values) { $1 }) }

    /// Both records in one, their sections united likewise: the names that the one or the other has.
    func united(with other: PageRecord) -> PageRecord { PageRecord(values.merging(other.values) { $0.united(with: $1) }) }
}
