// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import TalerWire

/// What the backend says of itself, or why it says nothing.
enum BackendLook: Sendable {
    case answered(BackendStatus)
    /// One sentence for the owner, and what to do.
    case silent(reason: String, advice: String)

    /// - Parameter timeout: a page that shows other things as well does not wait for long.
    static func ask(_ backend: MerchantClient, timeout: Duration) async -> BackendLook {
        let response: Response
        do { response = try await backend.status(timeout: timeout) } catch {
            switch error {
            case .timedOut:
                return .silent(
                    reason: "The payment backend has not answered within \(timeout.components.seconds) seconds.",
                    advice: "It may be busy, or stuck: look at its log, and at merchant-backend doctor.")
            case .notSent, .noAnswer:
                return .silent(
                    reason: "The payment backend is away: nobody can pay, and nothing of what follows is known.",
                    advice: "Look whether merchant-backend runs, and whether BACKEND_URL in the shop’s configuration is right (\(error)).")
            }
        }
        switch response.status {
        case 200:
            guard let status = try? response.json().decode(as: BackendStatus.self) else {
                return .silent(
                    reason: "The payment backend answered something that cannot be read.",
                    advice: "Look whether BACKEND_URL leads to merchant-backend, and whether it is of the same version as the shop.")
            }
            return .answered(status)
        case 401, 403:
            return .silent(
                reason: "The payment backend does not take the shop’s token: nobody can pay.",
                advice: "The file of BACKEND_TOKEN_FILE in the shop’s configuration must hold the same line as the backend’s TOKEN_FILE.")
        case 404:
            return .silent(
                reason: "The payment backend does not tell its state.",
                advice: "It is older than the shop, or BACKEND_URL leads somewhere else.")
        default:
            return .silent(
                reason: "The payment backend answered \(response.status) when it was asked for its state.",
                advice: "Look at its log.")
        }
    }
}
