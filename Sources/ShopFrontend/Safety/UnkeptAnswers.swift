// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// Whatever does not say itself how long it may be kept is kept by nobody: answers depend on who asks.
struct UnkeptAnswers: Handler {
    private let inner: any Handler

    init(_ inner: any Handler) { self.inner = inner }

    func handle(_ request: Request) async -> Response {
        var response = await inner.handle(request)
        if response.fields["Cache-Control"] == nil { response.fields["Cache-Control"] = "no-store" }
        return response
    }
}
