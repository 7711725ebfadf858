// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization
import Pages
import ShopStore
import WebSession

/// Who looks at a page, and how pages speak to them.
struct Visitor: Sendable {
    /// What the browser's cookie holds; a fresh name while it has none.
    let name: String
    /// The browser has no cookie yet. It gets one with the first page that has a form.
    let isNew: Bool
    var words: Words
    /// What the forms of this visitor's pages hold, and nobody else's.
    let formToken: String
    /// How many things are in the cart.
    var cartCount = 0
    /// The language that this request asks to be kept.
    let chosenLanguage: Language?
    /// Where the page that was asked for is found in each language; empty where it is no page that can be asked for again.
    let addresses: [Address]

    /// The first segment of the address: `cart`; nil on the front page.
    let place: String?

    /// Nil before the first form.
    var session: String? { isNew ? nil : name }

    struct Address: Sendable {
        let language: Language
        /// Encoded, from the root of the host: `/path?key=x&lang=de`.
        let path: String
    }
}

extension Shop {
    /// Who sends a request.
    func visitor(_ request: Request) async throws -> Visitor {
        var visitor = stranger(request)
        if let session = visitor.session { visitor.cartCount = try await store.cartCount(session) }
        return visitor
    }

    /// Who sends a request, as far as the request tells it: nothing is read from the database.
    func stranger(_ request: Request) -> Visitor {
        let session = sessions.session(of: request)
        let name = session ?? SessionCookie.newSession()
        // An address that begins with two slashes would name another host.
        let isOwn = request.method == .get && (request.path.first != "" || request.path.count == 1)
        let path = isOwn ? settings.base + "/" + request.path.map(PercentEncoding.encode).joined(separator: "/") : nil
        return Visitor(
            name: name, isNew: session == nil, words: texts.words(languages.language(for: request)), formToken: formToken(name),
            chosenLanguage: languages.chosen(by: request),
            addresses: languages.offered.map { language in
                Visitor.Address(
                    language: language,
                    path: path.map { $0 + languages.query(language, of: request) } ?? "\(settings.base)/?lang=\(language.code)")
            }, place: request.path.first)
    }

    /// A page as an answer that no cache keeps: pages depend on who looks at them.
    /// - Parameter hasForm: the page has a form: it gets a token, and a new visitor the session's cookie, so that two first clicks belong to
    ///   one session.
    func answer(_ page: some Page, to visitor: Visitor, status: Int = 200, hasForm: Bool = false) throws -> Response {
        let frame = PageFrame.record(self, visitor, isFound: status == 200, hasForm: hasForm)
        var response = Response(status: status, type: ContentType.html, text: try templates.render(page, common: frame))
        response.fields["Cache-Control"] = "no-store"
        response.fields["Content-Language"] = visitor.words.language.code
        languages.mark(&response, chosen: visitor.chosenLanguage)
        if hasForm, visitor.isNew { sessions.set(visitor.name, in: &response) }
        return response
    }
}
