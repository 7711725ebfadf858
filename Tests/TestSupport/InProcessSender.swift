// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
import Synchronization

/// Delivers requests straight to handlers, by the URL's beginning, and keeps what was sent.
public final class InProcessSender: Sender {
    private let handlers: Mutex<[(prefix: String, handler: any Handler)]>
    private let log = Mutex<[OutgoingRequest]>([])

    /// - Parameter handlers: base URL ending in a slash to what answers there.
    public init(_ handlers: [(prefix: String, handler: any Handler)]) { self.handlers = Mutex(handlers) }

    /// Every request in order.
    public var sent: [OutgoingRequest] { log.withLock { $0 } }

    public func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        log.withLock { $0.append(request) }
        guard let (prefix, handler) = handlers.withLock({ $0.first { request.url.hasPrefix($0.prefix) } }) else {
            throw .notSent("nobody listens at \(request.url)")
        }
        guard let incoming = Request(request.method, "/" + request.url.dropFirst(prefix.count), fields: request.fields, body: request.body)
        else {
            throw .notSent("\(request.url) is no URL")
        }
        let response = await handler.handle(incoming)
        guard !response.isUnanswered else { throw .noAnswer("the connection was closed") }
        return response
    }
}
