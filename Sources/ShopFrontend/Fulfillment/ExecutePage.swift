// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages

/// Asks the wallet to pay, or to pay once more with the same coins, a contract that it knows by its hash. The page names nothing of what
/// the contract is about.
struct ExecutePage: Page {
    static let templateName = "execute"
    static var samples: [ExecutePage] {
        [Reason.offer, .stranger].flatMap { reason in
            [Question(contractHash: "h", payURL: "u"), nil].map { ExecutePage(words: .sample, reason: reason, question: $0, back: "b") }
        }
    }

    enum Reason: Sendable {
        /// A wallet that has agreed to an offer came by itself.
        case offer
        /// Somebody wants to open an order without its key.
        case stranger
    }

    struct Question: Sendable {
        var contractHash: String
        var payURL: String
    }

    var words: Words
    var reason: Reason
    /// Nil when there is no contract that a wallet could know.
    var question: Question?
    var back: String

    var record: PageRecord {
        var record: PageRecord = ["back": .text(back)]
        switch reason {
        case .offer:
            record["title"] = .text(words("execute.title"))
            record["explanation"] = .text(words("execute.asked"))
            record["backLabel"] = .text(words("execute.back"))
        case .stranger:
            record["title"] = .text(words("bought.askTitle"))
            record["explanation"] = .text(words(question == nil ? "bought.askNothing" : "bought.askHelp"))
            record["backLabel"] = .text(words("error.home"))
            record["stranger"] = .flag(true)
        }
        record["description"] = record["title"]
        if let question {
            record["ask"] = .record(["contractHash": .text(question.contractHash), "payURL": .text(question.payURL)])
        }
        return record
    }
}
