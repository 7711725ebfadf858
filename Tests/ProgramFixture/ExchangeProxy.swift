// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

package import HTTPCore
import Synchronization

/// Stands between everybody and the exchange. It can keep a request, or its answer, to itself.
package final class ExchangeProxy: Handler {
    private let target: Mutex<String>
    private let sender: any Sender
    private let hold = Mutex<(last: String, stage: Stage, hold: Hold)?>(nil)

    /// Where a request is held.
    package enum Stage: Sendable {
        /// It never reaches the exchange.
        case request
        /// The exchange has done it.
        case answer
    }

    package init(sender: any Sender) {
        self.sender = sender
        target = Mutex("")
    }

    /// Where the exchange really is; ends in a slash.
    package func forward(to url: String) { target.withLock { $0 = url } }

    /// The answer to the next deposit stays here until it is released.
    package func holdNextDepositAnswer() -> Hold { holdNext("batch-deposit", .answer) }

    /// The next request whose path ends so stays here until it is released.
    package func holdNext(_ last: String, _ stage: Stage) -> Hold {
        let next = Hold()
        hold.withLock { $0 = (last, stage, next) }
        return next
    }

    package func handle(_ request: Request) async -> Response {
        let held = hold.withLock { hold -> (stage: Stage, hold: Hold)? in
            guard let next = hold, request.path.last == next.last else { return nil }
            hold = nil
            return (next.stage, next.hold)
        }
        if let held, held.stage == .request {
            held.hold.answered(0)
            await held.hold.waitForRelease()
            return Response(status: 502, type: "text/plain", text: "held")
        }
        let response = await forwarded(request)
        if let held {
            held.hold.answered(response.status)
            await held.hold.waitForRelease()
        }
        return response
    }

    private func forwarded(_ request: Request) async -> Response {
        var fields = request.fields
        for name in ["Host", "Content-Length", "Connection", "Accept-Encoding", "Content-Encoding", "Transfer-Encoding"] {
            fields[name] = nil
        }
        let url = target.withLock { $0 } + request.target.dropFirst()
        do {
            var response = try await sender.send(
                OutgoingRequest(request.method, url, fields: fields, body: request.body, timeout: .seconds(120)))
            for name in ["Content-Length", "Connection", "Content-Encoding", "Transfer-Encoding", "Date"] { response.fields[name] = nil }
            return response
        } catch {
            return Response(status: 502, type: "text/plain", text: "\(error)")
        }
    }

    /// One request that is held.
    package final class Hold: Sendable {
        private let answer = AsyncStream.makeStream(of: Int.self)
        private let gate = AsyncStream.makeStream(of: Void.self)

        /// The exchange's status, once it has answered; 0 for a request that does not reach it.
        package func waitForAnswer() async -> Int? {
            for await status in answer.stream { return status }
            return nil
        }

        package func release() { gate.continuation.finish() }

        fileprivate func answered(_ status: Int) { answer.continuation.yield(status) }
        fileprivate func waitForRelease() async { for await _ in gate.stream {} }
    }
}
