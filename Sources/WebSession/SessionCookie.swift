// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
import Sodium
import TalerWire

/// The cookie that lets a browser be recognized without saying whose it is: a random name, signed.
public struct SessionCookie: Sendable {
    private let name: String
    private let signer: Signer
    private let purpose: Signer.Purpose
    private let path: String
    private let isSecure: Bool
    private let lifetime: Int
    private let sameSite: SameSite

    /// Whether a browser sends the cookie with requests that another site made it send.
    public enum SameSite: String, Sendable {
        /// With links, not with forms.
        case lax = "Lax"
        /// Never: who comes by a link looks like a stranger first.
        case strict = "Strict"
    }

    /// - Parameters:
    ///   - name: the program's own: cookies cross the ports of one host.
    ///   - purpose: another for each of a program's cookies: the one's value is worth nothing in the other.
    ///   - isSecure: whether the program is reached over https.
    ///   - lifetime: in seconds.
    public init(
        name: String, signer: Signer, purpose: Signer.Purpose = .session, path: String = "/", isSecure: Bool, lifetime: Int = 90 * 86400,
        sameSite: SameSite = .lax
    ) {
        self.name = name
        self.signer = signer
        self.purpose = purpose
        self.path = path
        self.isSecure = isSecure
        self.lifetime = lifetime
        self.sameSite = sameSite
    }

    /// The session that a request belongs to; nil without a cookie of ours.
    public func session(of request: Request) -> String? { request.cookies[name].flatMap { signer.open($0, for: purpose) } }

    /// A new session, 26 characters: nobody can guess it.
    public static func newSession() -> String { Base32.encode(RandomBytes.make(count: 16)) }

    /// Makes the browser keep the session: not readable by scripts, not sent along with other sites' forms.
    public func set(_ session: String, in response: inout Response) {
        let secure = isSecure ? "; Secure" : ""
        response.fields.append(
            "Set-Cookie",
            "\(name)=\(signer.sign(session, for: purpose)); Path=\(path); Max-Age=\(lifetime); HttpOnly; SameSite=\(sameSite.rawValue)\(secure)"
        )
    }
}
