// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Glibc
import Synchronization

/// One client's connection, and what it is waited for on it.
final class Connection: Sendable {
    enum Phase: Sendable {
        /// For a request's first line.
        case idle
        /// For the rest of the request.
        case receiving
        /// For the handler.
        case handling
        /// For the client to take the answer.
        case answering
    }

    fileprivate struct State {
        /// Nil when the socket is closed, or about to be: its number may be somebody else's then.
        var socket: Int32?
        var phase = Phase.idle
        var since = ContinuousClock.now
        var target: String?
        var exchange: Exchange?
    }

    private let state: Mutex<State>

    /// The IP address at the other end; nil for a UNIX socket.
    let peer: String?

    init(socket: Int32, peer: String?) {
        self.peer = peer
        state = Mutex(State(socket: socket >= 0 ? socket : nil))
    }

    var exchange: Exchange? { state.withLock { $0.exchange } }

    /// - Parameter target: path and query as they came; nil when they are not UTF-8.
    func targetArrived(_ target: String?) {
        state.withLock {
            $0.target = target
            $0.enter(.receiving)
        }
    }

    /// The target of the request that begins now.
    var target: String? { state.withLock { $0.target } }

    func begin(_ exchange: Exchange) { state.withLock { $0.exchange = exchange } }

    func enter(_ phase: Phase) { state.withLock { $0.enter(phase) } }

    /// The request is over. Returns its exchange.
    func end() -> Exchange? {
        state.withLock {
            $0.enter(.idle)
            $0.target = nil
            return $0.exchange.take()
        }
    }

    /// Must be called before the socket is closed.
    func close() { state.withLock { $0.socket = nil } }

    /// Lets the library see the connection's end, if it is in a phase and has been for longer than allowed.
    /// - Returns: the exchange whose handler takes too long.
    func check(_ limits: ServerLimits, now: ContinuousClock.Instant) -> Exchange? {
        state.withLock { state in
            if state.phase == .handling {
                // The client's end is not looked for: who has sent all may close its side and still read.
                return now - state.since > limits.handlerTime ? state.exchange : nil
            }
            let allowed =
                switch state.phase {
                case .idle: limits.idleTime + limits.requestTime
                case .receiving: limits.requestTime
                case .handling, .answering: limits.answerTime
                }
            guard let socket = state.socket else { return nil }
            if now - state.since > allowed || (state.phase != .answering && Self.isAtEnd(socket)) {
                _ = shutdown(socket, Int32(SHUT_RDWR))
            }
            return nil
        }
    }

    /// The client has closed its side, and all that it sent is read. The library misses it when the last bytes and the end come together:
    /// it reads once, waits for a next event, and there is none.
    private static func isAtEnd(_ socket: Int32) -> Bool {
        var byte: UInt8 = 0
        return unsafe recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) == 0
    }

    /// Takes no further request; one that has already arrived is still read.
    func endIdle() {
        state.withLock {
            if $0.phase == .idle, let socket = $0.socket { _ = shutdown(socket, Int32(SHUT_RD)) }
        }
    }
}

extension Connection.State {
    fileprivate mutating func enter(_ phase: Connection.Phase) {
        self.phase = phase
        since = ContinuousClock.now
    }
}
