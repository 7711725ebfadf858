// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Lets pages of any origin call what is behind it (CORS), and answers their preflights. For interfaces without cookies.
public struct CrossOrigin: Handler {
    private let inner: any Handler

    public init(_ inner: any Handler) { self.inner = inner }

    public func handle(_ request: Request) async -> Response {
        var response: Response
        if request.method == .options {
            response = .noContent
            response.fields["Access-Control-Allow-Methods"] = "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS"
            response.fields["Access-Control-Allow-Headers"] = request.fields["Access-Control-Request-Headers"] ?? "*"
            response.fields["Access-Control-Max-Age"] = "86400"
        } else {
            response = await inner.handle(request)
        }
        response.fields["Access-Control-Allow-Origin"] = "*"
        response.fields["Access-Control-Expose-Headers"] = "*"
        return response
    }
}
