// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Sodium
import TalerWire

/// Lets requests through that carry the bearer token, come through a UNIX socket, or ask for an open path. Others get 401 / 40.
struct TokenGuard: Handler {
    private let inner: any Handler
    private let token: [UInt8]
    private let open: Set<String>
    private let style: ErrorStyle

    /// - Parameter open: first segments that need no token; the empty one is `/`.
    init(_ inner: any Handler, token: String, open: Set<String>, style: ErrorStyle) {
        self.inner = inner
        self.token = Array(token.utf8)
        self.open = open
        self.style = style
    }

    func handle(_ request: Request) async -> Response {
        guard request.isLocalSocket || request.path.count <= 1 && open.contains(request.path.first ?? "") || isAuthorized(request) else {
            return style.response(
                APIError(
                    .genericUnauthorized, hint: "A valid bearer token is needed.", fields: ["WWW-Authenticate": "Bearer realm=\"merchant\""]
                ))
        }
        return await inner.handle(request)
    }

    private func isAuthorized(_ request: Request) -> Bool {
        request.bearerToken.map { ConstantTime.areEqual($0, token) } ?? false
    }
}
