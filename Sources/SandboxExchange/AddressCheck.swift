// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// Says of an address that begins as one of ours what is wrong with the rest of it, as exchanges in C do.
struct AddressCheck: Handler {
    private let inner: any Handler
    /// Method and segments of every route.
    private let patterns: [(method: HTTPMethod, segments: [String])]

    init(_ inner: any Handler, routes: [Route]) {
        self.inner = inner
        patterns = routes.map { route in
            (route.method, route.pattern.split(separator: "/").map(String.init))
        }
    }

    func handle(_ request: Request) async -> Response {
        guard let code = code(of: request) else { return await inner.handle(request) }
        return ErrorStyle.modern.response(APIError(code.code, hint: code.hint, detail: request.path.joined(separator: "/"), status: 404))
    }

    /// Nil for an address that a route stands for, with whatever method, and for one that begins otherwise.
    private func code(of request: Request) -> (code: ErrorCode, hint: String)? {
        let path = request.path
        guard let first = path.first, !patterns.contains(where: { Self.matches($0.segments, path) }) else { return nil }
        let alike = patterns.filter { $0.segments.first == first }
        guard !alike.isEmpty else { return nil }
        if alike.contains(where: { $0.segments.count == path.count }) {
            return (.exchangeGenericOperationUnknown, "There is no such operation at this address.")
        }
        return (.exchangeGenericWrongNumberOfSegments, "The address has not as many parts as it must have.")
    }

    private static func matches(_ pattern: [String], _ path: [String]) -> Bool {
        pattern.count == path.count && zip(pattern, path).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }
}
