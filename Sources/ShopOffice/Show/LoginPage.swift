// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// One field, for the token.
struct LoginPage: OfficePage {
    static let templateName = "login"
    static let section: OfficeSection? = nil
    static let samples = [LoginPage(next: "/orders", problem: "p", notice: "n")]

    /// Where to go then.
    var next = ""
    var problem: String?
    /// What has just been done.
    var notice: String?

    var record: PageRecord {
        var record: PageRecord = ["title": "Log in", "next": .text(next)]
        problem.section(&record, "trouble")
        notice.section(&record, "notice")
        return record
    }
}
