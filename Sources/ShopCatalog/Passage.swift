// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Localization
public import Pages

/// A text, and the language in which it is written: not always the one that was asked for.
public struct Passage: Sendable, Equatable {
    /// Of titles and summaries a line as it is; of longer texts Markdown.
    public let text: String
    public let language: Language

    public init(_ text: String, _ language: Language) {
        self.text = text
        self.language = language
    }

    /// The Markdown as HTML, made anew each time.
    public var markup: Markup { Markdown.render(text) }

    public var wordCount: Int {
        var count = 0
        var isInside = false
        for byte in text.utf8 {
            let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
            if !isSpace, !isInside { count += 1 }
            isInside = !isSpace
        }
        return count
    }
}

/// What a product's file says about it, in one language as far as it is translated.
public struct ProductText: Sendable, Equatable {
    public let title: Passage
    /// One sentence for the front page.
    public let summary: Passage
    /// What everybody may read.
    public let teaser: Passage
    /// What is shown after the payment; empty for goods that have nothing of it.
    public let body: Passage

    public init(title: Passage, summary: Passage, teaser: Passage, body: Passage) {
        self.title = title
        self.summary = summary
        self.teaser = teaser
        self.body = body
    }

    /// Words in teaser and body together.
    public var wordCount: Int { teaser.wordCount + body.wordCount }
}
