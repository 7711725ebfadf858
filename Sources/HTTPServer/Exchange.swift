// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CMicrohttpd
import HTTPCore
import Synchronization
import TalerWire

/// One request and its answer.
///
/// The library's thread reads the request and queues the answer; in between the connection is suspended and a task runs the handler.
/// Whoever answers first wins: the handler, the time limit, or the server's end.
final class Exchange: Sendable {
    let head: RequestHead
    let connection: Connection
    private let core: ServerCore
    private let started = ContinuousClock.now
    private let state: Mutex<State>

    private enum Phase {
        case receiving
        /// The connection is suspended.
        case handling(ConnectionHandle, Task<Void, Never>)
        case answered(Response)
        case queued
    }

    private struct State {
        var phase: Phase
        var body: [UInt8] = []
        var received = 0
        var status = 0
    }

    /// - Parameter refusal: the answer when the header is enough to give it; the body is read all the same.
    init(_ head: RequestHead, on connection: Connection, of core: ServerCore, refusal: Response?) {
        self.head = head
        self.connection = connection
        self.core = core
        var state = State(phase: refusal.map { .answered($0) } ?? .receiving)
        if refusal == nil, let length = head.contentLength { state.body.reserveCapacity(min(length, core.configuration.limits.bodyBytes)) }
        self.state = Mutex(state)
    }

    /// Takes a piece of the body.
    /// - Returns: false when the connection is to be closed: the client sends much more than is worth reading.
    func take(_ piece: UnsafeRawBufferPointer) -> Bool {
        let limits = core.configuration.limits
        return state.withLock { state in
            state.received += piece.count
            guard state.received <= max(limits.discardedBytes, limits.bodyBytes) else { return false }
            guard case .receiving = state.phase else { return true }
            if state.received <= limits.bodyBytes {
                unsafe state.body.append(contentsOf: piece)
            } else {
                state.body = []
                state.phase = .answered(core.refuse(.tooLarge(limits.bodyBytes)))
            }
            return true
        }
    }

    /// The request is read whole, or the connection was resumed: starts the handler, or queues the answer.
    func proceed(_ handle: ConnectionHandle) -> MHD_Result {
        state.withLock { state in
            switch state.phase {
            case .receiving:
                let body = state.body
                state.body = []
                connection.enter(.handling)
                handle.suspend()
                let task = Task { [self] in
                    let response = await core.handle(head, body: body)
                    finish(response)
                }
                state.phase = .handling(handle, task)
                return .YES
            case .handling: return .YES
            case .answered(let response):
                state.phase = .queued
                // The library closes the connection.
                guard !response.isUnanswered else { return .NO }
                connection.enter(.answering)
                let answer = WireAnswer(response: response, requestID: head.id, closes: core.isStopping)
                state.status = answer.status
                return handle.queue(answer)
            case .queued: return .NO
            }
        }
    }

    /// Answers before the body is read: the library closes the connection after it.
    func answerNow(_ handle: ConnectionHandle) -> MHD_Result { proceed(handle) }

    /// Gives the answer, unless there is one. Resuming is the last touch of the handle: after it the connection may be gone at any time.
    func finish(_ response: Response) {
        state.withLock { state in
            switch state.phase {
            case .receiving: state.phase = .answered(response)
            case .handling(let handle, _):
                state.phase = .answered(response)
                handle.resume()
            case .answered, .queued: break
            }
        }
    }

    /// ``finish(_:)``, and cancels the handler.
    func abort(_ response: Response) {
        let task = state.withLock { state in if case .handling(_, let task) = state.phase { task } else { nil as Task<Void, Never>? } }
        task?.cancel()
        finish(response)
    }

    /// The library is done with the request, and so is everybody: the handle must not be touched any more.
    func over() {
        let task = state.withLock { state in
            defer { state.phase = .queued }
            return if case .handling(_, let task) = state.phase { task } else { nil as Task<Void, Never>? }
        }
        task?.cancel()
    }

    /// Of the log's line.
    func summary() -> (status: Int, time: Duration) { (state.withLock { $0.status }, ContinuousClock.now - started) }
}
