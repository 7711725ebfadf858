// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import TalerWire

/// What strangers see first.
struct HomePage: Page {
    static let templateName = "home"
    static let samples = [HomePage(gift: "100.00 KUDOS", hasPublic: true, message: "m")]

    var gift: String?
    var hasPublic: Bool
    /// What has just been done.
    var message: String?

    var record: PageRecord {
        var record: PageRecord = ["title": "Welcome", "hasPublic": .flag(hasPublic)]
        gift.section(&record, "gift")
        message.section(&record, "message")
        return record
    }
}

/// Name and password.
struct LoginPage: Page {
    static let templateName = "login"
    static let samples = [LoginPage(name: "n", next: "/account", problem: "p", note: "n")]

    var name = ""
    /// Where to go then.
    var next = ""
    var problem: String?
    var note: String?

    var record: PageRecord {
        var record: PageRecord = ["title": "Log in", "name": .text(name), "next": .text(next)]
        problem.section(&record, "trouble")
        note.section(&record, "note")
        return record
    }
}

/// A new account.
struct OpenAccountPage: Page {
    static let templateName = "open-account"
    static let samples = [OpenAccountPage(username: .sample, password: "p", trouble: "t", gift: "g")]

    var username = ShownField()
    /// What is wrong with the password, which itself is never shown again.
    var password: String?
    var trouble: String?
    var gift: String?

    var record: PageRecord {
        var record: PageRecord = [
            "title": "Open an account", "username": username.record, "password": ShownField(problem: password).record,
        ]
        trouble.section(&record, "trouble")
        gift.section(&record, "gift")
        return record
    }
}

/// What went wrong, in plain words.
struct ProblemPage: Page {
    static let templateName = "problem"
    static let samples = [ProblemPage(status: 500, hint: "h", incident: "i")]

    var status: Int
    /// The refusal's own sentence.
    var hint: String
    /// Names the request in the log.
    var incident: String?

    var record: PageRecord {
        var record: PageRecord = [
            "status": .text("\(status)"), "title": .text(words.title), "explanation": .text(words.text ?? hint),
            "mayNeedLogin": .flag(status == 401 || status == 403),
        ]
        incident.section(&record, "incident")
        return record
    }

    private var words: (title: String, text: String?) {
        switch status {
        case 401: ("Please log in", nil)
        case 403: ("Nothing was done", nil)
        case 404 where hint == "There is nothing at this address.":
            ("There is nothing here", "The page may have moved, or the address has a slip in it.")
        case 404: ("This cannot be found", nil)
        case 405: ("That does not work here", "This address cannot be used in this way.")
        case 409: ("This is not possible", nil)
        case 410: ("This is over", nil)
        case 429: ("Too many attempts", nil)
        case 500...:
            ("Something went wrong on our side", "It is not your doing, and no money was moved twice. Please try again in a little while.")
        default: ("This did not work", nil)
        }
    }
}
