// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// One route's code: reads a request, answers or throws an ``APIError``. Any other error becomes a 500 whose cause is logged, not told.
public protocol Endpoint: Sendable {
    static var route: Route { get }
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response
}

/// Whatever answers requests: a router, or something around one.
public protocol Handler: Sendable {
    func handle(_ request: Request) async -> Response
}
