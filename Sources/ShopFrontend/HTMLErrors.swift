// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import Pages
import TalerWire

/// Shows refusals as pages to who asked for a page.
struct HTMLErrors: Handler {
    private let inner: any Handler
    private let shop: Shop

    init(_ inner: any Handler, shop: Shop) {
        self.inner = inner
        self.shop = shop
    }

    func handle(_ request: Request) async -> Response {
        let response = await inner.handle(request)
        // Some refusals are pages already.
        guard response.status >= 400, request.wantsHTML, response.fields["Content-Type"] != ContentType.html,
            request.path.first != "taler" || request.path.last == "execute"
        else { return response }
        let visitor = shop.stranger(request)
        let isAgain = response.status == 429 && request.method == .get
        let page = ErrorPage(
            words: visitor.words, status: response.status, incident: response.status == 500 ? request.id : nil, isForm: isForm(response),
            wait: response.fields["Retry-After"].flatMap { Int($0) },
            again: isAgain ? visitor.addresses.first { $0.language == visitor.words.language }?.path : nil)
        guard var answer = try? shop.answer(page, to: visitor, status: response.status) else { return response }
        for name in ["Allow", "Retry-After"] { if let value = response.fields[name] { answer.fields[name] = value } }
        return answer
    }

    /// A refusal because of a form's token.
    private func isForm(_ response: Response) -> Bool {
        guard response.status == 403, case .object(let refusal)? = try? response.json() else { return false }
        return refusal["detail"]?.stringValue == Shop.formField
    }
}
