// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import TalerWire

/// The requests that merchants and wallets send to an exchange. What the answers mean is the caller's to judge.
public struct ExchangeRequests: Sendable {
    /// Ends in a slash.
    public let baseURL: String

    public init(baseURL: String) { self.baseURL = baseURL.hasSuffix("/") ? baseURL : baseURL + "/" }

    public var keys: OutgoingRequest { OutgoingRequest(.get, baseURL + "keys") }
    public var config: OutgoingRequest { OutgoingRequest(.get, baseURL + "config", maximumAnswer: 1 << 20) }

    /// - Parameter wait: how long the exchange shall wait for a reserve that it does not know yet.
    public func reserve(_ reserve: ReservePublicKey, wait: Duration = .zero) -> OutgoingRequest {
        let milliseconds = wait.components.seconds * 1000
        return OutgoingRequest(
            .get, baseURL + "reserves/\(reserve)" + (milliseconds > 0 ? "?timeout_ms=\(milliseconds)" : ""), timeout: wait + .seconds(30),
            maximumAnswer: 1 << 20)
    }

    /// - Throws: `JSONError`, which well-formed messages never cause.
    public func batchWithdraw(_ reserve: ReservePublicKey, _ request: BatchWithdrawRequest) throws(JSONError) -> OutgoingRequest {
        .json(.post, baseURL + "reserves/\(reserve)/batch-withdraw", try JSONValue(encoding: request), timeout: .seconds(60))
    }

    /// On a connection of its own: a refusal counts only if it is known that the batch did not reach the exchange before.
    /// - Throws: `JSONError`, which well-formed messages never cause.
    public func batchDeposit(_ request: BatchDepositRequest) throws(JSONError) -> OutgoingRequest {
        var message = OutgoingRequest.json(.post, baseURL + "batch-deposit", try JSONValue(encoding: request), timeout: .seconds(60))
        message.needsFreshConnection = true
        return message
    }
}
