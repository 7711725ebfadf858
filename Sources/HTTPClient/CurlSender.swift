// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// Sends requests over libcurl: HTTP/1.1, `http` and `https` only, certificates checked, no proxy, no redirects followed, no cookies,
/// answers inflated. Connections are kept for the next request to the same server.
///
/// All transfers share one thread, so waiting for an answer blocks nobody. Cancelling a task ends its transfer.
///
/// A request on a kept connection that the server has closed in the meantime, without a byte of an answer, is sent once more on a new
/// connection by the library: what is not idempotent must carry something by which the server knows it again, or asks for a connection
/// of its own by `needsFreshConnection`.
public final class CurlSender: Sender {
    private let loop: TransferLoop

    /// - Parameters:
    ///   - unixSocket: connects to this socket file, whatever the URL's host.
    ///   - connectTimeout: for the name, the connection and TLS; a request's own time-out holds beside it.
    public init(unixSocket: String? = nil, connectTimeout: Duration = .seconds(10)) {
        loop = TransferLoop(TransferOptions(unixSocket: unixSocket, connectTimeout: connectTimeout))
    }

    deinit { loop.end() }

    public func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        let ticket = TransferTicket()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { loop.start(ticket, request, $0) }
        } onCancel: {
            loop.cancel(ticket)
        }
        return try result.get()
    }

    /// Breaks off what is under way and ends the thread. Whatever is sent afterwards fails as not sent.
    public func shutdown() { loop.end() }
}
