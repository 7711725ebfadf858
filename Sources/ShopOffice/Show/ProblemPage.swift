// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// What went wrong, in plain words, and what can be done.
struct ProblemPage: OfficePage {
    static let templateName = "problem"
    static let section: OfficeSection? = nil
    static let samples = [ProblemPage(status: 500, hint: "h", incident: "i")]

    var status: Int
    /// The refusal's own sentence.
    var hint: String
    /// Names the request in the log.
    var incident: String?

    var record: PageRecord {
        var record: PageRecord = [
            "status": .text("\(status)"), "title": .text(words.title), "explanation": .text(words.text ?? hint),
            "advice": .text(words.advice),
        ]
        incident.section(&record, "incident")
        return record
    }

    private var words: (title: String, text: String?, advice: String) {
        switch status {
        case 400: ("This did not work", nil, "Go back, look at what was typed, and send it again.")
        case 401: ("Please log in", nil, "Log in with the token and try again.")
        case 403: ("Nothing was done", nil, "Go back, reload the page, and send the form once more.")
        case 404 where hint == "There is nothing at this address.":
            (
                "There is nothing here", "The page may have moved, or the address has a slip in it.",
                "Choose one of the parts in the navigation."
            )
        case 404: ("This cannot be found", nil, "Look for it in the list of orders.")
        case 405: ("That does not work here", "This address cannot be used in this way.", "Choose one of the parts in the navigation.")
        case 409: ("This is not possible", nil, "Look at the order as it stands now.")
        case 429: ("Too many attempts", nil, "Wait a little, then try again.")
        case 502, 504:
            (
                "The payment backend is away", nil,
                "Look whether merchant-backend runs and whether BACKEND_URL and its token are right, then try again: nothing is done twice."
            )
        case 500...:
            (
                "Something went wrong here", "It is not your doing, and no money was moved twice.",
                "Try again in a little while. If it stays, look into the shop’s log for the number below."
            )
        default: ("This did not work", nil, "Go back and try again.")
        }
    }
}
