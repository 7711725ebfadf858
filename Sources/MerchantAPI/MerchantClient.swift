// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import TalerWire

/// A frontend's view of its backend. Answers come back whole, so that refusals can be passed on as they are.
public struct MerchantClient: Sendable {
    let baseURL: String
    private let token: String
    let sender: any Sender

    /// - Parameters:
    ///   - baseURL: of the backend, with or without a slash at its end.
    ///   - token: the bearer token; never logged.
    public init(baseURL: String, token: String, sender: any Sender) {
        self.baseURL = baseURL.hasSuffix("/") ? baseURL : baseURL + "/"
        self.token = token
        self.sender = sender
    }

    /// `POST /contract`. The message of a 200 is a ``ContractResponse``.
    public func offer(_ proposition: JSONValue) async throws(SendError) -> Response {
        try await sender.send(.json(.post, baseURL + "contract", ["contract": proposition], fields: authorization))
    }

    /// `POST /pay` with a deposit permission, opaque. The message of a 200 is a ``PaymentResponse``.
    public func pay(_ permission: JSONValue) async throws(SendError) -> Response {
        try await sender.send(.json(.post, baseURL + "pay", permission, fields: authorization, timeout: .seconds(120)))
    }

    /// `GET /order`. The message of a 200 is an ``OrderStatus``.
    /// - Parameters:
    ///   - wait: how long the backend shall wait for a change while the payment is not settled.
    ///   - timeout: how long the answer may take beyond that.
    public func order(_ contract: ContractHash, wait: Duration = .zero, timeout: Duration = .seconds(30)) async throws(SendError)
        -> Response
    {
        let milliseconds = wait.components.seconds * 1000
        return try await sender.send(
            OutgoingRequest(
                .get, baseURL + "order?H_contract=\(contract)" + (milliseconds > 0 ? "&timeout_ms=\(milliseconds)" : ""),
                fields: authorization, timeout: wait + timeout))
    }

    var authorization: HTTPFields { ["Authorization": "Bearer \(token)"] }
}
