// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// Something that the owner should see to.
struct Trouble: Sendable {
    enum Weight: Int, Comparable {
        case info, warning, problem
        static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }

        var tone: Tone {
            switch self {
            case .info: .note
            case .warning: .wait
            case .problem: .bad
            }
        }

        /// Before the message, for who does not see the colour.
        var words: String {
            switch self {
            case .info: "Good to know"
            case .warning: "Needs a look"
            case .problem: "Problem"
            }
        }
    }

    var weight: Weight
    /// What it is about, if not the whole.
    var subject: String?
    var message: String
    var advice = ""
    /// The first lines, for everybody to see.
    var first: [String] = []
    /// A line for each, for who wants to know more.
    var details: [String] = []
    /// Web addresses in the advice are links.
    var hasLinks = false
    /// It is about who the owner is: an exchange waits for it.
    var isIdentification = false
    /// Another page of the back office, and what it is called.
    var page: (path: String, words: String)?

    func record(base: String) -> PageValue {
        var record: PageRecord = [
            "tone": .text(weight.tone.rawValue), "weight": .text(weight.words), "message": .text(message),
            "isIdentification": .flag(isIdentification),
        ]
        record["about"] = subject.map { .record(["subject": .text($0)]) } ?? .hidden(["subject": ""])
        let pieces = hasLinks ? LinkedText.pieces(advice) : .list([LinkedText.plain(advice)])
        record["advice"] = advice.isEmpty ? .hidden(["pieces": .list([LinkedText.plain("")])]) : .record(["pieces": pieces])
        record["first"] = first.isEmpty ? .hidden(["lines": .list([""])]) : .record(["lines": .list(first.map { .text($0) })])
        record["details"] =
            details.isEmpty ? .hidden(["lines": .list([""])]) : .record(["lines": .list(details.map { .text($0) })])
        record["page"] =
            page.map { .record(["url": .text(base + $0.path), "words": .text($0.words)]) } ?? .hidden(["url": "", "words": ""])
        return .record(record)
    }

    /// With everything that one can have.
    static let sample = Trouble(
        weight: .problem, subject: "s", message: "m", advice: "https://exchange.example/kyc", first: ["f"], details: ["d"], hasLinks: true,
        page: ("/", "w"))
}
