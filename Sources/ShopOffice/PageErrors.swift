// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import TalerWire

/// Shows refusals as pages to all who have not asked for JSON, and keeps answers out of caches.
struct PageErrors: Handler {
    let inner: any Handler
    let office: Office

    func handle(_ request: Request) async -> Response {
        var response = await inner.handle(request)
        guard response.status >= 400, response.fields["Content-Type"] == "application/json", !request.wantsJSON else {
            if response.fields["Cache-Control"] == nil { response.fields["Cache-Control"] = "no-store" }
            return response
        }
        let hint = (try? response.json())?["hint"]?.stringValue ?? ""
        let page = ProblemPage(status: response.status, hint: hint, incident: response.status >= 500 ? request.id : nil)
        let visitor = office.visitor(request)
        guard var answer = try? office.answer(page, to: visitor, status: response.status) else { return response }
        for name in ["Allow", "Retry-After"] { if let value = response.fields[name] { answer.fields[name] = value } }
        return answer
    }
}
