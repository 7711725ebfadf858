// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
import Synchronization
import TalerWire

/// Counts what is asked of other servers and what came of it, and remembers how far their clocks are from ours.
public final class MeasuringSender: Sender {
    private let inner: any Sender
    private let clock: any WallClock
    private let parties: [String]
    private let requests: Metric
    private let seconds: Metric
    private let skews = Mutex<[String: Int64]>([:])
    private let silences = Mutex<[String: SendError]>([:])

    /// - Parameters:
    ///   - parties: base URLs, ending in a slash, that are told apart; every other address is counted under `other`.
    ///   - prefix: of the metrics' names.
    public init(_ inner: any Sender, parties: [String], clock: any WallClock, registry: MetricsRegistry, prefix: String) {
        self.inner = inner
        self.clock = clock
        self.parties = parties
        requests = registry.counter(
            "\(prefix)_requests_total", "Requests to exchanges, by what was asked and the answer's status, or why there was none.",
            labels: ["exchange", "what", "outcome"])
        seconds = registry.histogram("\(prefix)_seconds", "Time to an exchange's answer.", labels: ["exchange", "what"])
    }

    /// Seconds by which the server's clock was ahead of ours when it last answered; nil before its first answer with a date.
    public func clockSkew(of party: String) -> Int64? { skews.withLock { $0[party] } }

    /// Why the last request to the server brought no answer; nil when it brought one, or there was none yet.
    public func silence(of party: String) -> SendError? { silences.withLock { $0[party] } }

    public func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        let party = parties.first { request.url.hasPrefix($0) }
        let what = Self.what(request, party)
        let start = ContinuousClock.now
        do {
            let response = try await inner.send(request)
            let time = ContinuousClock.now - start
            seconds.observe(time / .seconds(1), party ?? "other", what)
            requests.add(1, party ?? "other", what, "\(response.status)")
            if let party {
                silences.withLock { $0[party] = nil }
                note(response, of: party, time)
            }
            return response
        } catch {
            let outcome =
                switch error {
                case .notSent: "not sent"
                case .noAnswer: "no answer"
                case .timedOut: "timed out"
                }
            requests.add(1, party ?? "other", what, outcome)
            if let party { silences.withLock { $0[party] = error } }
            throw error
        }
    }

    /// An answer that took long says little about the clock.
    private func note(_ response: Response, of party: String, _ time: Duration) {
        guard time < .seconds(5), let date = response.fields["Date"].flatMap(HTTPDate.parse)?.seconds, let now = clock.now().seconds else {
            return
        }
        skews.withLock { $0[party] = Int64(clamping: date) - Int64(clamping: now) }
    }

    /// The first segment of the path and, behind a key, the last: `coins refund`.
    private static func what(_ request: OutgoingRequest, _ party: String?) -> String {
        guard let party else { return "other" }
        let path = request.url.dropFirst(party.count).prefix { $0 != "?" }.split(separator: "/")
        guard let first = path.first, first.utf8.count <= 20 else { return "other" }
        guard path.count > 2, let last = path.last, last.utf8.count <= 20 else { return String(first) }
        return "\(first) \(last)"
    }
}
