// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages

/// An address that strangers may use.
protocol OpenOfficeEndpoint: Endpoint {
    init(office: Office)
}

/// An address for the owner alone. Without a session it asks for the token, and a form must be one of the session's own pages: nobody who
/// writes an endpoint can forget to look.
protocol OfficeEndpoint: Endpoint {
    init(office: Office)
    var office: Office { get }
    func answer(_ visit: Visit) async throws -> Response
}

/// A request of the owner.
struct Visit: Sendable {
    let request: Request
    let path: PathParameters
    let visitor: Visitor
    /// The fields of the form that was sent; empty unless the method is POST.
    let form: Query

    var query: Query { request.query }
}

extension OfficeEndpoint {
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let visitor = office.visitor(request)
        guard visitor.isOwner else { return try office.loginNeeded(request, visitor) }
        let form = Self.route.method == .post ? try office.form(request, visitor) : Query()
        return try await answer(Visit(request: request, path: path, visitor: visitor, form: form))
    }
}
