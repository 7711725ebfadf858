// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// Gives every answer the header fields that keep a browser from doing more with it than was meant.
public struct SecurityHeaders: Handler {
    private let inner: any Handler
    private let fields: [(name: String, value: String)]

    /// What pages of other origins that have opened this one, or were opened by it, may have to do with it.
    public enum Opener: String, Sendable {
        /// Nothing.
        case nobody = "same-origin"
        /// Windows that this page opens may talk to it: a wallet's.
        case ownWindows = "same-origin-allow-popups"
    }

    /// - Parameters:
    ///   - walletOrigin: whose scripts pages may load and call beside their own; nil for none.
    ///   - opener: nil says nothing about it, and lets pages of other origins load what is here: for a wallet's origin.
    ///   - isSecure: the pages are reached over https, and are not to be reached otherwise for a year.
    public init(_ inner: any Handler, walletOrigin: String? = nil, opener: Opener? = nil, isSecure: Bool = false) {
        self.inner = inner
        let foreign = walletOrigin.map { " \($0)" } ?? ""
        let policy = [
            "default-src 'none'", "script-src 'self'\(foreign)", "connect-src 'self'\(foreign)", "img-src 'self'", "style-src 'self'",
            "font-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
        ].joined(separator: "; ")
        var fields = [
            ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"), ("Permissions-Policy", Self.permissions), ("X-Permitted-Cross-Domain-Policies", "none"),
        ]
        if let opener {
            fields += [("Cross-Origin-Opener-Policy", opener.rawValue), ("Cross-Origin-Resource-Policy", "same-origin")]
        }
        if isSecure { fields.append(("Strict-Transport-Security", "max-age=31536000")) }
        self.fields = fields
    }

    /// Nothing of what a browser can do beside showing pages.
    private static let permissions = [
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
        "payment", "usb",
    ].map { "\($0)=()" }.joined(separator: ", ")

    public func handle(_ request: Request) async -> Response {
        var response = await inner.handle(request)
        for field in fields { response.fields[field.name] = field.value }
        return response
    }
}
