// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

extension Request {
    /// True when `Accept` names `application/json` and neither `*/*` nor HTML: a program that reads JSON and follows no page.
    public var wantsJSON: Bool {
        let types = acceptedTypes
        return types.contains("application/json") && !types.contains("*/*") && !types.contains("text/html")
            && !types.contains("application/xhtml+xml")
    }

    /// True when `Accept` names HTML: a browser that shows the answer to somebody.
    public var wantsHTML: Bool { acceptedTypes.contains("text/html") }

    private var acceptedTypes: [String] {
        fields.all("Accept").flatMap { $0.split(separator: ",") }.compactMap { range in
            range.split(separator: ";").first.map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        }
    }
}
