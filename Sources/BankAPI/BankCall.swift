// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// One call of a bank: sends, judges the status, reads the message.
struct BankCall {
    let sender: any Sender

    /// - Returns: nil for 204.
    func answer<Message: Decodable>(
        _ request: OutgoingRequest, as type: Message.Type = Message.self
    ) async throws(BankClientError) -> Message? {
        let response = try await accepted(request)
        if response.status == 204 { return nil }
        do { return try response.json().decode(as: type) } catch { throw .malformed(error) }
    }

    func message<Message: Decodable>(
        _ request: OutgoingRequest, as type: Message.Type = Message.self
    ) async throws(BankClientError) -> Message {
        guard let message = try await answer(request, as: type) else { throw .malformed(JSONError(reason: "there is no body")) }
        return message
    }

    /// - Throws: ``BankClientError/refused(status:refusal:)`` for everything but 200 and 204.
    @discardableResult
    func accepted(_ request: OutgoingRequest) async throws(BankClientError) -> Response {
        let response: Response
        do { response = try await sender.send(request) } catch { throw .send(error) }
        guard response.status == 200 || response.status == 204 else {
            throw .refused(status: response.status, refusal: try? response.json().decode(as: BankError.self))
        }
        return response
    }

    func json(
        _ method: HTTPMethod, _ url: String, _ message: some Encodable, fields: HTTPFields
    ) throws(BankClientError) -> OutgoingRequest {
        do { return .json(method, url, try JSONValue(encoding: message), fields: fields) } catch { throw .malformed(error) }
    }
}

extension String {
    /// With a slash at its end.
    var slashed: String { hasSuffix("/") ? self : self + "/" }
}

extension Duration {
    /// Whole milliseconds, 0 for what is negative.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return max(0, min(seconds, 86_400) * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
