// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import Testing

@testable import ShopFrontend

struct FormTests {
    private let shop: Shop
    init() throws { shop = try ShopBench().shop }

    private func post(
        cookie: String?, token: String?, type: String = "application/x-www-form-urlencoded", others: String = "q=a+b"
    ) throws -> Request {
        var fields: HTTPFields = ["Content-Type": type]
        if let cookie { fields["Cookie"] = cookie }
        let body = others + (token.map { "&form_token=\($0)" } ?? "")
        return try #require(Request(.post, "/cart", fields: fields, body: Array(body.utf8)))
    }

    /// The cookie that a page with a form gives to a new visitor, and the token in its forms.
    private func firstForm() throws -> (cookie: String, token: String) {
        let visitor = shop.stranger(try #require(Request(.get, "/")))
        let page = try shop.answer(ErrorPage(words: visitor.words, status: 400), to: visitor, hasForm: true)
        let cookie = try #require(page.fields["Set-Cookie"]?.split(separator: ";").first)
        return (String(cookie), visitor.formToken)
    }

    private func refusal(_ request: Request) -> APIError? {
        do {
            _ = try shop.form(request, shop.stranger(request))
            return nil
        } catch { return error }
    }

    @Test func theFirstFormOfANewVisitorCounts() throws {
        let (cookie, token) = try firstForm()
        let request = try post(cookie: cookie, token: token)
        let visitor = shop.stranger(request)
        #expect(visitor.session == visitor.name)
        #expect(try shop.form(request, visitor)["q"] == "a b")
    }

    @Test func onlyAPageWithAFormSetsTheCookieAndHoldsTheToken() throws {
        let visitor = shop.stranger(try #require(Request(.get, "/")))
        #expect(visitor.session == nil)
        let page = ErrorPage(words: visitor.words, status: 400)
        #expect(try shop.answer(page, to: visitor).fields["Set-Cookie"] == nil)
        let known = shop.stranger(try post(cookie: try firstForm().cookie, token: nil))
        #expect(try shop.answer(page, to: known, hasForm: true).fields["Set-Cookie"] == nil)
    }

    @Test func aFormWithoutItsCookieIsRefused() throws {
        let refusal = refusal(try post(cookie: nil, token: try firstForm().token))
        #expect(refusal?.code == .genericForbidden)
        #expect(refusal?.detail == Shop.formField)
    }

    @Test func anotherVisitorsTokenIsRefused() throws {
        let (cookie, _) = try firstForm()
        #expect(refusal(try post(cookie: cookie, token: try firstForm().token))?.code == .genericForbidden)
    }

    @Test(arguments: [nil, "", "x", "0000000000000000000000000000000000000000000000000000"] as [String?])
    func aFormWithoutATokenOfOursIsRefused(token: String?) throws {
        #expect(refusal(try post(cookie: try firstForm().cookie, token: token))?.code == .genericForbidden)
    }

    @Test func aSessionsLinksAndCookieAreNoTokens() throws {
        let (cookie, _) = try firstForm()
        let signature = try #require(cookie.split(separator: ".").last)
        #expect(refusal(try post(cookie: cookie, token: String(signature)))?.code == .genericForbidden)
    }

    @Test(arguments: ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
    func whatOtherSitesCanSendWithoutAskingIsNoForm(type: String) throws {
        let (cookie, token) = try firstForm()
        #expect(refusal(try post(cookie: cookie, token: token, type: type))?.code == .genericParameterMalformed)
    }

    @Test func theTypeMayNameACharset() throws {
        let (cookie, token) = try firstForm()
        #expect(refusal(try post(cookie: cookie, token: token, type: "Application/X-WWW-Form-URLEncoded; charset=UTF-8")) == nil)
    }
}
