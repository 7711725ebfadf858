// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// Keeps cookies and the page that it saw last.
struct OfficeBrowser {
    let handler: any Handler
    var address: String?
    var cookies: [String: String] = [:]
    var response = Response()

    init(handler: any Handler, address: String?) {
        self.handler = handler
        self.address = address
    }

    var status: Int { response.status }
    var text: String { String(decoding: response.body, as: UTF8.self) }
    var location: String? { response.fields["Location"] }
    var formToken: String { value(of: "form_token") ?? "" }

    /// The value of the page's first field of that name.
    func value(of name: String) -> String? {
        guard let field = text.firstRange(of: "name=\"\(name)\""), let end = text[field.upperBound...].firstIndex(of: ">"),
            let value = text[field.upperBound..<end].firstRange(of: "value=\"")
        else { return nil }
        return String(text[value.upperBound...].prefix { $0 != "\"" })
    }

    mutating func send(
        _ method: HTTPMethod, _ target: String, _ body: String = "", accept: String = "text/html,*/*", more: HTTPFields = [:]
    ) async throws {
        var fields: HTTPFields = ["Accept": accept]
        if method == .post { fields["Content-Type"] = "application/x-www-form-urlencoded" }
        if !cookies.isEmpty { fields["Cookie"] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
        for field in more.entries { fields[field.name] = field.value }
        guard let request = Request(method, target, fields: fields, body: Array(body.utf8), id: "request-1", peer: address) else {
            throw APIError(.genericParameterMalformed)
        }
        response = await handler.handle(request)
        for cookie in response.fields.all("Set-Cookie") {
            let parts = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { cookies[String(parts[0])] = String(parts[1]) }
        }
    }

    mutating func get(_ target: String, accept: String = "text/html,*/*") async throws { try await send(.get, target, accept: accept) }

    /// Sends a form with the form token of the page that was seen last, unless the fields have one.
    mutating func submit(
        _ target: String, _ fields: [String: String], accept: String = "text/html,*/*", more: HTTPFields = [:]
    ) async throws {
        var all = fields
        if all["form_token"] == nil { all["form_token"] = formToken }
        try await send(.post, target, Self.encode(all), accept: accept, more: more)
    }

    mutating func logIn(_ token: String = OfficeBench.token) async throws {
        try await get("/login")
        try await submit("/login", ["token": token])
    }

    static func encode(_ fields: [String: String]) -> String {
        fields.sorted { $0.key < $1.key }.map { "\(PercentEncoding.encode($0.key))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}
