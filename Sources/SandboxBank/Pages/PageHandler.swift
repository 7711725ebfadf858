// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import TalerWire

/// Gives pages their security policy, and shows refusals as pages to all who have not asked for JSON.
struct PageHandler: Handler {
    private let inner: any Handler

    init(_ inner: any Handler, _ pages: BankPages?) {
        self.inner = pages.map { SecurityHeaders(PageErrors(inner: inner, pages: $0)) } ?? inner
    }

    func handle(_ request: Request) async -> Response { await inner.handle(request) }
}

private struct PageErrors: Handler {
    let inner: any Handler
    let pages: BankPages

    func handle(_ request: Request) async -> Response {
        var response = await inner.handle(request)
        guard response.status >= 400, response.fields["Content-Type"] == "application/json", !request.wantsJSON else {
            if response.fields["Cache-Control"] == nil { response.fields["Cache-Control"] = "no-store" }
            return response
        }
        let hint = (try? response.json())?["hint"]?.stringValue ?? ""
        let page = ProblemPage(status: response.status, hint: hint, incident: response.status >= 500 ? request.id : nil)
        // Without the books there is no knowing who looks.
        let visitor = try? await pages.visitor(request)
        guard var answer = try? pages.answer(page, to: visitor, status: response.status) else { return response }
        for name in ["Allow", "Retry-After"] { if let value = response.fields[name] { answer.fields[name] = value } }
        return answer
    }
}

extension Request {
    /// A browser that looks for a page.
    var wantsPage: Bool { wantsHTML && (method == .get || method == .head) }
}
