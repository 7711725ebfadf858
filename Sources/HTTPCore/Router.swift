// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Logging
import TalerWire

/// Finds the endpoint of a request. Unknown path 404 / 21, known path with another method 405 / 20 with `Allow`.
public struct Router: Handler {
    private let endpoints: [any Endpoint]
    private let style: ErrorStyle
    private let logger: Logger

    /// - Parameter endpoints: the first whose route matches answers.
    public init(_ endpoints: [any Endpoint], style: ErrorStyle = .modern, logger: Logger) {
        self.endpoints = endpoints
        self.style = style
        self.logger = logger
    }

    /// Every route in its order, for people.
    public var routes: [Route] { endpoints.map { type(of: $0).route } }

    /// The route that answers this request; nil when none does.
    public func route(of request: Request) -> Route? {
        let method = request.method == .head ? .get : request.method
        return routes.first { $0.method == method && $0.match(request.path) != nil }
    }

    public func handle(_ request: Request) async -> Response {
        do { return try await answer(request) } catch let error as APIError {
            if error.status >= 500 {
                logger.error(
                    "\(error.hint)", metadata: ["request": "\(request.id)", "code": "\(error.code)", "detail": "\(error.detail ?? "")"])
            }
            return style.response(error)
        } catch let error as any APIErrorConvertible {
            var answer = error.apiError
            answer.detail = "request \(request.id)"
            logger.error("\(answer.hint)", metadata: ["request": "\(request.id)", "code": "\(answer.code)", "error": "\(error)"])
            return style.response(answer)
        } catch {
            logger.error("internal error", metadata: ["request": "\(request.id)", "error": "\(error)"])
            return style.response(
                APIError(
                    .genericInternalInvariantFailure, hint: "Something went wrong here, not with the request.",
                    detail: "request \(request.id)"))
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        let method = request.method == .head ? .get : request.method
        var allowed: [HTTPMethod] = []
        for endpoint in endpoints {
            let route = type(of: endpoint).route
            guard let parameters = route.match(request.path) else { continue }
            if route.method == method { return try await endpoint.answer(request, parameters) }
            allowed.append(route.method)
        }
        guard !allowed.isEmpty else {
            throw APIError(.genericEndpointUnknown, hint: "There is nothing at this address.")
        }
        if allowed.contains(.get) { allowed.append(.head) }
        let names = allowed.map(\.rawValue).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        throw APIError(
            .genericMethodInvalid, hint: "This address does not take \(request.method).", fields: ["Allow": names.joined(separator: ", ")])
    }
}
