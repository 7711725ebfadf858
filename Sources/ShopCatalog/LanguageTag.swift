// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A language that products may be described in, by its two letters (ISO 639-1).
public struct LanguageTag: Hashable, Sendable, CustomStringConvertible {
    public let code: String

    public static let english = LanguageTag(checked: "en")
    public static let german = LanguageTag(checked: "de")
    public static let french = LanguageTag(checked: "fr")
    public static let spanish = LanguageTag(checked: "es")
    public static let italian = LanguageTag(checked: "it")
    public static let all = [english, german, french, spanish, italian]

    /// Nil for a text that is none of ``all``.
    public init?(_ code: some StringProtocol) {
        guard let known = Self.all.first(where: { $0.code == code }) else { return nil }
        self = known
    }

    private init(checked code: String) { self.code = code }

    public var description: String { code }
}
