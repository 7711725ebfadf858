// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// The texts and formats of one language.
public struct Words: Sendable {
    public let language: Language
    let locale: Locale
    private let table: [String: Text]
    private let missing: MissingTexts?

    init(_ language: Language, _ table: [String: Text], _ missing: MissingTexts? = nil) {
        self.language = language
        self.table = table
        self.missing = missing
        locale = language.locale
    }

    /// Whose words the samples of pages use: those of the texts that are being checked; outside of a check they show keys.
    @TaskLocal public static var sample = Words(.english, [:])

    /// The text of a key, with values in its places. A key without a text shows itself in brackets: ⟦key⟧.
    public func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String { text(key).filled(values) }

    /// The form of a text for so many things: `key.one` or `key.other`, with `{count}` in the local form.
    public func callAsFunction(_ key: String, count: Int, _ values: [String: String] = [:]) -> String {
        let form = language.isOne(count) ? "one" : "other"
        return text("\(key).\(form)").filled(values.merging(["count": number(count)]) { own, _ in own })
    }

    /// The text of a key in its pieces, for what fills its places with something else than text.
    public func text(_ key: String) -> Text {
        if let text = table[key] { return text }
        missing?.note(key)
        return Text(words: "⟦\(key)⟧")
    }

    /// Texts without placeholders that stand for themselves, by key; forms for one and for others are not among them.
    public var plainTexts: [String: String] {
        table.filter { !$0.key.hasSuffix(".one") && !$0.key.hasSuffix(".other") }.compactMapValues(\.plain)
    }

    /// All texts whose key begins with `prefix`, by the rest of the key, with placeholders as they are written.
    public func sources(prefix: String) -> [String: String] {
        var found: [String: String] = [:]
        for (key, text) in table where key.hasPrefix(prefix) { found[String(key.dropFirst(prefix.count))] = text.source }
        return found
    }
}

extension Text {
    /// A text without places.
    init(words: String) { pieces = [.words(words)] }
}
