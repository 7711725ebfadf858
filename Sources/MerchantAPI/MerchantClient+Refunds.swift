// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import TalerWire

extension MerchantClient {
    /// `POST /refund`. The message of a 200 is a ``RefundList``.
    public func refund(_ order: RefundOrder) async throws(SendError) -> Response {
        let message: JSONValue
        do { message = try JSONValue(encoding: order) } catch { throw .notSent("\(error)") }
        return try await sender.send(.json(.post, baseURL + "refund", message, fields: authorization, timeout: .seconds(120)))
    }

    /// `GET /refund`. The message of a 200 is a ``RefundList``.
    public func refunds(of contract: ContractHash, timeout: Duration = .seconds(30)) async throws(SendError) -> Response {
        try await sender.send(
            OutgoingRequest(.get, baseURL + "refund?H_contract=\(contract)", fields: authorization, timeout: timeout))
    }
}
