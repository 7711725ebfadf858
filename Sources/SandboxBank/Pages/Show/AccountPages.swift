// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import Pages
import TalerWire

/// One line of an account's history.
struct ShownTransfer: Sendable {
    var time: String
    var machineTime: String
    var isCredit: Bool
    var isCancelled: Bool
    var party: String
    var partyNumber: String
    var subject: String
    var amount: String

    /// - Parameter naming: what the other side is called.
    init(_ transfer: Transfer, of account: Int64, naming: (Transfer.Party) -> String) {
        isCredit = transfer.creditor.number == account
        let other = isCredit ? transfer.debtor : transfer.creditor
        time = transfer.time.text
        machineTime = transfer.time.machineText
        isCancelled = transfer.isCancelled
        party = naming(other)
        partyNumber = "\(other.number)"
        subject = transfer.subject
        amount = (isCredit ? "+" : "−") + transfer.amount.text
    }

    private init() {
        time = "t"
        machineTime = "t"
        isCredit = true
        isCancelled = true
        party = "p"
        partyNumber = "1"
        subject = "s"
        amount = "a"
    }

    static let sample = ShownTransfer()

    var record: PageValue {
        .record([
            "time": .text(time), "machineTime": .text(machineTime), "credit": .flag(isCredit), "cancelled": .flag(isCancelled),
            "party": .text(party), "partyNumber": .text(partyNumber), "subject": .text(subject), "amount": .text(amount),
        ])
    }
}

/// A page of an account's history, newest first.
struct ShownHistory: Sendable {
    var transfers: [ShownTransfer] = []
    /// Addresses; nil where there is no more.
    var older: String?
    var newer: String?

    static let sample = ShownHistory(transfers: [.sample], older: "o", newer: "n")

    func fill(_ record: inout PageRecord) {
        record["transfers"] = .list(transfers.map(\.record))
        record["hasTransfers"] = .flag(!transfers.isEmpty)
        if let older { record["older"] = .record(["url": .text(older)]) }
        if let newer { record["newer"] = .record(["url": .text(newer)]) }
        record["paged"] = .flag(older != nil || newer != nil)
    }
}

/// A customer's own account.
struct AccountPage: Page {
    static let templateName = "account"
    static let samples = [
        AccountPage(
            name: "n", number: "1", payto: "p", balance: "b", limit: "l", isPublic: true, publicURL: "u", history: .sample, message: "m",
            reserve: "r")
    ]

    var name: String
    var number: String
    var payto: String
    var balance: String
    /// How far it may go below zero; nil for not at all.
    var limit: String?
    var isPublic: Bool
    var publicURL: String
    var history: ShownHistory
    /// What has just been done.
    var message: String?
    /// The reserve whose money has just been sent.
    var reserve: String?

    var record: PageRecord {
        var record: PageRecord = [
            "title": "Your account", "name": .text(name), "number": .text(number), "payto": .text(payto), "balance": .text(balance),
            "isPublic": .flag(isPublic), "publicURL": .text(publicURL),
        ]
        limit.section(&record, "limit")
        message.section(&record, "message")
        if let reserve { record["reserve"] = .record(["key": .text(reserve)]) }
        history.fill(&record)
        return record
    }
}

/// The accounts that everybody may read.
struct PublicAccountsPage: Page {
    static let templateName = "public-accounts"
    static let samples = [PublicAccountsPage(accounts: [.init(name: "n", receiver: "r", balance: "b", url: "u")])]

    struct Line: Sendable {
        var name: String
        var receiver: String
        var balance: String
        var url: String
    }

    var accounts: [Line]

    var record: PageRecord {
        [
            "title": "Public accounts", "hasAccounts": .flag(!accounts.isEmpty),
            "accounts": .list(
                accounts.map {
                    .record([
                        "name": .text($0.name), "receiver": .text($0.receiver), "balance": .text($0.balance), "url": .text($0.url),
                        "hasOtherName": .flag($0.name != $0.receiver),
                    ])
                }),
        ]
    }
}

/// One of them.
struct PublicAccountPage: Page {
    static let templateName = "public-account"
    static let samples = [PublicAccountPage(name: "n", receiver: "r", number: "1", payto: "p", balance: "b", history: .sample)]

    var name: String
    var receiver: String
    var number: String
    var payto: String
    var balance: String
    var history: ShownHistory

    var record: PageRecord {
        var record: PageRecord = [
            "title": .text("Account of \(receiver)"), "name": .text(name), "receiver": .text(receiver), "number": .text(number),
            "payto": .text(payto), "balance": .text(balance),
        ]
        history.fill(&record)
        return record
    }
}
