// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// What came of a request to the backend.
enum BackendAnswer<Message: Decodable & Sendable>: Sendable {
    case message(Message)
    /// The backend's own words.
    case refused(status: Int, code: Int64?, hint: String)
    /// Nothing is known: a sentence for the owner.
    case away(String)

    static func of(_ send: () async throws(SendError) -> Response) async -> BackendAnswer {
        let response: Response
        do { response = try await send() } catch {
            switch error {
            case .timedOut: return .away("The payment backend did not answer in time.")
            case .notSent, .noAnswer: return .away("The payment backend cannot be reached. Does merchant-backend run?")
            }
        }
        if response.status == 401 { return .away("The payment backend does not accept this shop’s token (BACKEND_TOKEN_FILE).") }
        guard let json = try? response.json(), json.objectValue != nil else {
            return .away("The payment backend answered something that cannot be read (status \(response.status)).")
        }
        guard response.status == 200 else {
            guard (400..<500).contains(response.status) else {
                return .away("The payment backend has trouble of its own (status \(response.status)); its log says more.")
            }
            return .refused(
                status: response.status, code: json["code"]?.integerValue, hint: json["hint"]?.stringValue ?? "It did not say why.")
        }
        guard let message = try? json.decode(as: Message.self) else {
            return .away("The payment backend answered something that cannot be read. Do its version and this shop’s fit together?")
        }
        return .message(message)
    }
}
