// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPClient
import HTTPCore
import HTTPServer
import TalerWire

/// The way to the backend that serves, from another process on the same machine.
struct RunningBackend {
    /// To be shut down after use.
    let sender: CurlSender
    /// Ends in a slash.
    let baseURL: String

    init(_ address: ServerAddress) {
        switch address {
        case .tcp(let host, let port):
            sender = CurlSender()
            // Who listens everywhere is found at home.
            let host = ["0.0.0.0", "::", ""].contains(host) ? "localhost" : host
            baseURL = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/"
        case .unix(let path, _):
            sender = CurlSender(unixSocket: path)
            baseURL = "http://localhost/"
        }
    }

    /// Nil when it answers `GET /health` with 200; else what it did instead.
    func trouble() async -> String? {
        do {
            let answer = try await sender.send(OutgoingRequest(.get, baseURL + "health", timeout: .seconds(5)))
            guard answer.status != 200 else { return nil }
            return (try? answer.json())?["hint"]?.stringValue ?? "it answered \(answer.status)"
        } catch {
            return switch error {
            case .notSent(let reason), .noAnswer(let reason): reason
            case .timedOut: "no answer in time"
            }
        }
    }
}
