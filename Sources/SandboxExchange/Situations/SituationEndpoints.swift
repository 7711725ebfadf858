// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import TalerWire

/// The page.
struct GetSituations: Endpoint {
    static let route = Route(.get, "/situations")
    let desk: SituationDesk
    let guardian: SituationGuard

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        var response = Response()
        let token = guardian.token(for: request, in: &response)
        var page = SituationPage(active: desk.holding, token: token)
        if let id = request.query["set"].flatMap({ Int($0) }) {
            page.message = page.active.first { $0.id == id }.map { "Set: \($0.text)." }
        } else if let count = request.query["cleared"].flatMap({ Int($0) }) {
            page.message = count == 1 ? "One situation was cleared." : "\(count) situations were cleared."
            if page.active.contains(where: \.name.endsByItself) { page.message? += " What ends by itself goes on until then." }
        }
        page.show(in: &response)
        return response
    }
}

/// The same for programs.
struct GetSituationList: Endpoint {
    static let route = Route(.get, "/situations/list")
    let desk: SituationDesk
    let guardian: SituationGuard

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        var response = Response()
        let token = guardian.token(for: request, in: &response)
        let list = SituationList(
            token: token, situations: desk.holding.map { .init(id: $0.id, name: $0.name.rawValue, text: $0.text) })
        let json = try Response.json(list)
        response.body = json.body
        response.fields["Content-Type"] = json.fields["Content-Type"]
        return response
    }
}

struct PostSituation: Endpoint {
    static let route = Route(.post, "/situations")
    let desk: SituationDesk
    let guardian: SituationGuard

    /// - Throws: `APIError`, in this order: 403 / 26, 400 / 26, 409 / 26.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try await guardian.answer(request, desk) { form in
            let situation = try await desk.set(form)
            return ("set=\(situation.id)", SituationChange(text: situation.text, id: situation.id, count: 1))
        }
    }
}

struct PostSituationClear: Endpoint {
    static let route = Route(.post, "/situations/clear")
    let desk: SituationDesk
    let guardian: SituationGuard

    /// - Throws: `APIError`, in this order: 403 / 26, 400 / 26.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        try await guardian.answer(request, desk) { form in
            let change = try desk.clear(form)
            return ("cleared=\(change.count)", change)
        }
    }
}

struct GetSituationStyle: Endpoint {
    static let route = Route(.get, "/situations/style.css")

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        Response(type: "text/css; charset=utf-8", text: SituationStyle.text)
    }
}

extension SituationGuard {
    /// Browsers are led back to the page, which says what was wrong; programs get JSON.
    fileprivate func answer(
        _ request: Request, _ desk: SituationDesk, _ change: (Query) async throws -> (query: String, change: SituationChange)
    ) async throws -> Response {
        do {
            let (query, change) = try await change(try form(request))
            guard request.wantsHTML else { return try .json(change) }
            // Relative to the folder of the page, wherever that is.
            let up = request.path.count > 1 ? "../" : ""
            return Response(status: 303, fields: ["Location": "\(up)situations?\(query)"])
        } catch let error as APIError where request.wantsHTML && error.status < 500 {
            var response = Response(status: error.status)
            let token = token(for: request, in: &response)
            var page = SituationPage(active: desk.holding, token: token)
            page.isDeeper = request.path.count > 1
            let name = (try? form(request))?["name"].flatMap(SituationName.init(rawValue:))
            page.complaint = (name.map { "\($0.title): " } ?? "") + error.hint
            page.show(in: &response)
            return response
        }
    }
}
