// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages

/// What went wrong, in plain words.
struct ErrorPage: Page {
    static let templateName = "error"
    static var samples: [ErrorPage] {
        let statuses = [500, 502, 429, 405, 404, 403, 400]
        return statuses.flatMap { status in
            [true, false].map { isForm in
                ErrorPage(words: .sample, status: status, incident: "i", isForm: isForm, wait: isForm ? 10 : nil, again: "a")
            }
        }
    }

    var words: Words
    var status: Int
    /// Names the request in the log.
    var incident: String?
    /// A form's token was not this visitor's.
    var isForm = false
    /// After how many seconds the same may be asked again.
    var wait: Int?
    /// The same page once more.
    var again: String?

    var record: PageRecord {
        var record: PageRecord = [
            "status": .text("\(status)"), "title": .text(words("error.\(kind)")), "description": .text(words("error.\(kind)")),
            "explanation": .text(words("error.\(kind)Help")),
        ]
        if status == 429, let wait { record["explanation"] = .text(words("error.tooManyWait", count: wait)) }
        if let again { record["again"] = .record(["link": .text(again)]) }
        if let incident { record["incident"] = .record(["line": .text(words("error.incident", ["id": incident]))]) }
        return record
    }

    /// The keys of its texts: `error.KIND` and `error.KINDHelp`.
    private var kind: String {
        switch status {
        case 403: isForm ? "form" : "forbidden"
        case 404: "notFound"
        case 405: "method"
        case 429: "tooMany"
        case 502, 503, 504: "service"
        case 500...: "ours"
        default: "request"
        }
    }
}
