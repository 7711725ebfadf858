// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import TalerWire

/// Asks an exchange something that changes nothing there, and checks what it signed.
struct ExchangeCall: Sendable {
    let directory: ExchangeDirectory
    let sender: any Sender

    /// - Throws: ``TrackingFailure`` when nothing usable comes; statuses are the caller's to judge.
    func answer(_ request: OutgoingRequest) async throws(TrackingFailure) -> (status: Int, json: JSONValue) {
        let response: Response
        do { response = try await sender.send(request) } catch {
            switch error {
            case .timedOut: throw .timedOut
            case .notSent(let reason), .noAnswer(let reason): throw .unreachable(reason)
            }
        }
        do { return (response.status, try response.json()) } catch {
            // A proxy before the exchange says in its own words that the exchange is not there.
            throw response.status >= 500 ? .unreachable("status \(response.status)") : .nonsense("\(error)")
        }
    }

    /// Runs a check against the keys that are held, and once more against fresh ones when it knows the signing key not.
    /// - Throws: ``TrackingFailure/keys(_:)``, or what the last check found, as `failure` makes it.
    func verified(
        _ exchangeURL: String, failure: (AnswerFailure) -> TrackingFailure,
        _ check: (VerifiedKeys) throws(AnswerFailure) -> Void
    ) async throws(TrackingFailure) -> VerifiedKeys {
        var keys: VerifiedKeys
        do throws(KeysError) { keys = try await directory.keys(ofUnlisted: exchangeURL) } catch { throw .keys(error) }
        do throws(AnswerFailure) {
            try check(keys)
            return keys
        } catch {
            guard error == .unknownKey else { throw failure(error) }
        }
        do throws(KeysError) { keys = try await directory.keys(ofUnlisted: exchangeURL, having: { _ in false }) } catch {
            throw .keys(error)
        }
        do throws(AnswerFailure) { try check(keys) } catch { throw failure(error) }
        return keys
    }
}
