// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// A merchant's view of its bank account: taler-revenue.
public struct RevenueClient: Sendable {
    /// How the bank knows whose account is asked for.
    public enum Login: Sendable {
        case basic(BankCredentials)
        /// `Authorization: Bearer`.
        case token(String)
        case none

        var fields: HTTPFields {
            switch self {
            case .basic(let credentials): credentials.basicFields
            case .token(let token): ["Authorization": "Bearer \(token)"]
            case .none: [:]
            }
        }
    }

    private let baseURL: String
    private let login: Login
    private let call: BankCall

    /// - Parameter baseURL: `…/accounts/NAME/taler-revenue/`, with or without its last slash.
    public init(baseURL: String, login: Login, sender: any Sender) {
        self.baseURL = baseURL.slashed
        self.login = login
        call = BankCall(sender: sender)
    }

    /// `GET config`.
    public func config() async throws(BankClientError) -> WireGatewayConfig {
        try await call.message(OutgoingRequest(.get, baseURL + "config", fields: login.fields))
    }

    /// `GET history`.
    /// - Parameters:
    ///   - start: the row after which the list begins; nil for the first.
    ///   - delta: how many rows at most; positive for rising, negative for falling order; not 0.
    ///   - longPoll: how long the bank may wait while there is none.
    /// - Returns: nil when there is none.
    public func history(start: Int64? = nil, delta: Int, longPoll: Duration = .zero) async throws(BankClientError) -> RevenueHistory? {
        var url = baseURL + "history?delta=\(delta)"
        if let start { url += "&start=\(start)" }
        if longPoll > .zero { url += "&long_poll_ms=\(longPoll.wholeMilliseconds)" }
        return try await call.answer(OutgoingRequest(.get, url, fields: login.fields, timeout: longPoll + .seconds(30)))
    }
}
