// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// Gives every answer the header fields that keep a browser from doing more with it than was meant.
public struct SecurityHeaders: Handler {
    private let inner: any Handler
    private let policy: String

    /// - Parameter walletOrigin: whose scripts pages may load and call beside their own; nil for none.
    public init(_ inner: any Handler, walletOrigin: String? = nil) {
        self.inner = inner
        let foreign = walletOrigin.map { " \($0)" } ?? ""
        policy = [
            "default-src 'none'", "script-src 'self'\(foreign)", "connect-src 'self'\(foreign)", "img-src 'self'", "style-src 'self'",
            "font-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }

    public func handle(_ request: Request) async -> Response {
        var response = await inner.handle(request)
        response.fields["Content-Security-Policy"] = policy
        response.fields["X-Content-Type-Options"] = "nosniff"
        response.fields["X-Frame-Options"] = "DENY"
        response.fields["Referrer-Policy"] = "no-referrer"
        response.fields["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response
    }
}
