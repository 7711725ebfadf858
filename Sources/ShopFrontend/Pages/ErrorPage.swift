// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// What went wrong, in plain words.
struct ErrorPage: Page {
    static let templateName = "error"
    static let samples = [ErrorPage(status: 500, incident: "i")]

    var status: Int
    /// Names the request in the log.
    var incident: String?

    var record: PageRecord {
        var record: PageRecord = [
            "status": .text("\(status)"), "title": .text(words.title), "description": .text(words.title),
            "explanation": .text(words.explanation),
        ]
        if let incident { record["incident"] = .record(["id": .text(incident)]) }
        return record
    }

    private var words: (title: String, explanation: String) {
        switch status {
        case 403: ("This is not yours to open", "Please use the whole address that you got after paying, or the browser in which you paid.")
        case 404: ("There is nothing here", "The page may have moved, or the address has a slip in it.")
        case 405: ("That does not work here", "This address cannot be used in this way.")
        case 502, 503, 504:
            ("Our payment service does not answer", "Please try again in a little while. If you have paid, you will not pay twice.")
        case 500...: ("Something went wrong on our side", "It is not your doing. Please try again in a little while.")
        default: ("We did not understand that", "Something in the address is not as it must be. Please go back and try again.")
        }
    }
}
