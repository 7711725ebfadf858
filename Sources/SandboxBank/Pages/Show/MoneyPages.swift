// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// The form of a transfer to another account.
struct TransferPage: Page {
    static let templateName = "transfer"
    static let samples = [TransferPage(to: .sample, amount: .sample, subject: .sample, slip: "s", balance: "b", trouble: "t")]

    var to = ShownField()
    var amount = ShownField()
    var subject = ShownField()
    /// The form's own name, so that sending it twice moves money once.
    var slip: String
    var balance: String
    var trouble: String?

    var record: PageRecord {
        var record: PageRecord = [
            "title": "Transfer money", "to": to.record, "amount": amount.record, "subject": subject.record, "slip": .text(slip),
            "balance": .text(balance),
        ]
        trouble.section(&record, "trouble")
        return record
    }
}

/// How much is to go into a wallet.
struct WithdrawPage: Page {
    static let templateName = "withdraw"
    static let samples = [WithdrawPage(amount: .sample, balance: "b", trouble: "t", hasExchange: true, exchange: "e")]

    var amount = ShownField()
    var balance: String
    var trouble: String?
    var hasExchange: Bool
    /// The suggested one.
    var exchange: String?

    var record: PageRecord {
        var record: PageRecord = [
            "title": "Withdraw to a wallet", "amount": amount.record, "balance": .text(balance), "hasExchange": .flag(hasExchange),
        ]
        trouble.section(&record, "trouble")
        exchange.section(&record, "exchange")
        return record
    }
}

/// A confirmed withdrawal, when no script has handed it to the wallet: the answer's header fields do.
struct HandoverPage: Page {
    static let templateName = "handover"
    static let samples = [HandoverPage(amount: "a", callbackURL: "c", exchange: "e")]

    var amount: String
    var callbackURL: String
    /// The suggested one.
    var exchange: String?

    var record: PageRecord {
        var record: PageRecord = ["title": "Over to your wallet", "amount": .text(amount), "callbackURL": .text(callbackURL)]
        exchange.section(&record, "exchange")
        return record
    }
}

/// The question before a withdrawal is paid.
struct QuestionPage: Page {
    static let templateName = "question"
    static let samples = [QuestionPage(amount: "a", exchange: "e", reserve: "r", question: "q", problem: "p", isTestMode: true)]

    var amount: String
    var exchange: String
    var reserve: String
    var question: String
    var problem: String?
    var isTestMode: Bool

    var record: PageRecord {
        var record: PageRecord = [
            "title": "Confirm your withdrawal", "amount": .text(amount), "exchange": .text(exchange), "reserve": .text(reserve),
            "question": .text(question), "answer": ShownField(problem: problem).record, "testMode": .flag(isTestMode),
        ]
        problem.section(&record, "trouble")
        return record
    }
}
