// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// One text of a file: words, and places for what is known only later.
public struct Text: Sendable, Equatable {
    public let pieces: [Piece]

    public enum Piece: Sendable, Equatable {
        case words(String)
        /// `{name}`
        case placeholder(String)
    }

    /// The names of its placeholders.
    public var placeholders: Set<String> {
        Set(pieces.compactMap { if case .placeholder(let name) = $0 { name } else { nil } })
    }

    /// The words of a text without placeholders; nil when it has some.
    public var plain: String? { placeholders.isEmpty ? filled([:]) : nil }

    /// The text with something in each of its places; a place that gets nothing shows its name.
    public func filled(_ values: [String: String]) -> String {
        pieces.map { piece in
            switch piece {
            case .words(let words): words
            case .placeholder(let name): values[name] ?? "{\(name)}"
            }
        }.joined()
    }

    /// The text with its placeholders as they are written.
    public var source: String { filled([:]) }

    /// - Throws: a reason in words.
    init(_ source: String) throws(TextFault) {
        var pieces: [Piece] = []
        var words = ""
        var rest = source[...]
        while let next = rest.first {
            rest = rest.dropFirst()
            switch next {
            case "}": throw TextFault(reason: "“}” closes nothing")
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw TextFault(reason: "“{” is not closed") }
                let name = String(rest[..<end])
                guard TextFile.isName(name) else { throw TextFault(reason: "“{\(name)}” is no placeholder: letters and digits are needed") }
                if !words.isEmpty { pieces.append(.words(words)) }
                words = ""
                pieces.append(.placeholder(name))
                rest = rest[rest.index(after: end)...]
            default: words.append(next)
            }
        }
        if !words.isEmpty { pieces.append(.words(words)) }
        self.pieces = pieces
    }
}

/// Why a text cannot be read; the file's reader adds file and line.
struct TextFault: Error {
    let reason: String
}
