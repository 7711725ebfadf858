// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CMicrohttpd
import Dispatch
import Foundation
import HTTPCore
import Logging
import Synchronization

/// What the callbacks share: the connections, the requests under way, and the end.
final class ServerCore: Sendable {
    let configuration: ServerConfiguration
    let logger: Logger
    let isLocal: Bool
    private let handler: any Handler
    private let state: Mutex<State>
    private let counter = Atomic<UInt64>(0)
    private let idPrefix = String(UInt32.random(in: 0...UInt32.max), radix: 36)
    /// Signalled when the last request is over during ``stop(grace:)``.
    private let quiet = DispatchSemaphore(value: 0)

    private struct State: ~Copyable {
        var socket: ListeningSocket?
        var daemon: Daemon?
        var connections: [ObjectIdentifier: Connection] = [:]
        var exchanges: [ObjectIdentifier: Exchange] = [:]
        var end = End.running
    }

    private enum End {
        case running
        case stopping([@Sendable () -> Void])
        case stopped
    }

    private init(_ configuration: ServerConfiguration, socket: consuming ListeningSocket, handler: any Handler, logger: Logger) {
        self.configuration = configuration
        self.handler = handler
        self.logger = logger
        isLocal = socket.isLocal
        state = Mutex(State(socket: socket))
    }

    static func start(
        _ configuration: ServerConfiguration, socket: consuming ListeningSocket, handler: any Handler, logger: Logger
    ) throws(ServerError) -> ServerCore {
        let descriptor = socket.descriptor
        let core = ServerCore(configuration, socket: socket, handler: handler, logger: logger)
        // Retained here for the callbacks; released in stop(grace:), after the daemon.
        let context = unsafe Unmanaged.passRetained(core)
        do {
            let daemon = unsafe try Daemon(
                socket: descriptor, threads: configuration.threads, limits: configuration.limits, context: context.toOpaque())
            core.state.withLock { $0.daemon = daemon }
        } catch {
            unsafe context.release()
            throw error
        }
        Watchdog(limits: configuration.limits).start { [weak core] in core?.checkTimes() ?? false }
        return core
    }

    // MARK: requests, on the library's threads

    func opened(_ connection: Connection) { state.withLock { $0.connections[ObjectIdentifier(connection)] = connection } }

    func closed(_ connection: Connection) {
        connection.close()
        state.withLock { _ = $0.connections.removeValue(forKey: ObjectIdentifier(connection)) }
    }

    /// The header is read.
    func begin(_ method: String, on connection: Connection, _ handle: ConnectionHandle) -> MHD_Result {
        let (collector, byteCount) = handle.fields()
        let number = counter.add(1, ordering: .relaxed).newValue
        let target = connection.target
        let head = RequestHead(
            id: "\(idPrefix)-\(number)", method: HTTPMethod(rawValue: method), target: target.map(RequestHead.origin),
            fields: collector.fields, byteCount: byteCount + method.utf8.count + (target?.utf8.count ?? 0) + 12, peer: connection.peer)
        let limits = configuration.limits
        var refusal: APIError?
        if head.byteCount > limits.headerBytes {
            refusal = .headerTooLarge(limits.headerBytes)
        } else if let length = head.contentLength, length > limits.bodyBytes {
            refusal = .tooLarge(limits.bodyBytes)
        }
        let exchange = Exchange(head, on: connection, of: self, refusal: refusal.map(refuse))
        connection.begin(exchange)
        // In one step: whoever is not in the list when the end begins is never suspended.
        let isStopping = state.withLock { state in
            state.exchanges[ObjectIdentifier(exchange)] = exchange
            return if case .running = state.end { false } else { true }
        }
        if isStopping { exchange.finish(refuse(.stopping)) }
        // Answering now closes the connection, so it is done only where the body is not worth waiting for.
        if refusal != nil, head.expectsContinue || (head.contentLength ?? 0) > limits.discardedBytes { return exchange.answerNow(handle) }
        return .YES
    }

    /// The request is over: answered, or broken off.
    func end(_ connection: Connection, isWhole: Bool) {
        guard let exchange = connection.end() else { return }
        exchange.over()
        let isQuiet = state.withLock {
            $0.exchanges.removeValue(forKey: ObjectIdentifier(exchange))
            if case .stopping = $0.end { return $0.exchanges.isEmpty }
            return false
        }
        if isQuiet { quiet.signal() }
        log(exchange, isWhole: isWhole)
    }

    /// One line for each request. What changes nothing and succeeds is of interest only to who looks for an error.
    private func log(_ exchange: Exchange, isWhole: Bool) {
        let (status, time) = exchange.summary()
        let head = exchange.head
        let isQuiet = [.get, .head, .options].contains(head.method) && status < 400 && isWhole
        logger.log(
            level: isQuiet ? .debug : .info, isWhole ? "request" : "request broken off",
            metadata: [
                "request": "\(head.id)", "method": "\(head.method)", "path": "\(head.path)", "status": .stringConvertible(status),
                "ms": .stringConvertible((time / .milliseconds(1) * 10).rounded() / 10),
            ])
    }

    // MARK: requests, in their tasks

    func handle(_ head: RequestHead, body: [UInt8]) async -> Response {
        do throws(APIError) {
            let body = try Inflater.decode(
                body, encoding: head.fields["Content-Encoding"] ?? "",
                limit: configuration.limits.inflatedBytes ?? configuration.limits.bodyBytes)
            guard let target = head.target else { throw .badPath }
            guard
                let request = Request(
                    head.method, target, fields: head.fields, body: body, id: head.id, isLocalSocket: isLocal, peer: head.peer)
            else {
                let path = target.prefix { $0 != "?" }
                throw Request(head.method, String(path)) == nil ? .badPath : .badQuery
            }
            return await RequestContext.$id.withValue(head.id) { await handler.handle(request) }
        } catch { return refuse(error) }
    }

    func refuse(_ error: APIError) -> Response { configuration.errorStyle.response(error) }

    // MARK: time limits, on the watchdog's thread

    /// - Returns: false when the server has stopped.
    private func checkTimes() -> Bool {
        let connections = state.withLock { state -> [Connection]? in
            if case .stopped = state.end { nil } else { Array(state.connections.values) }
        }
        guard let connections else { return false }
        let now = ContinuousClock.now
        for connection in connections {
            guard let exchange = connection.check(configuration.limits, now: now) else { continue }
            logger.warning("a handler takes too long", metadata: ["request": "\(exchange.head.id)", "path": "\(exchange.head.path)"])
            exchange.abort(refuse(.handlerTooSlow))
        }
        return true
    }

    // MARK: the end

    var isStopping: Bool { state.withLock { if case .running = $0.end { false } else { true } } }

    /// Stops on a thread of its own, since the library blocks. Only the first call does it; `done` is called for every one.
    func beginStop(grace: Duration, done: (@Sendable () -> Void)? = nil) {
        let isFirst = state.withLock { state -> Bool? in
            switch state.end {
            case .running:
                state.end = .stopping(done.map { [$0] } ?? [])
                return true
            case .stopping(let waiting):
                state.end = .stopping(waiting + (done.map { [$0] } ?? []))
                return false
            case .stopped: return nil
            }
        }
        guard let isFirst else {
            done?()
            return
        }
        if isFirst { Thread.detachNewThread { self.stop(grace: grace) } }
    }

    private func stop(grace: Duration) {
        let (daemon, descriptor, connections) = state.withLock { ($0.daemon, $0.socket?.descriptor, Array($0.connections.values)) }
        daemon?.quiesce()
        // Refuses who still knocks. Closing has to wait for the daemon's end.
        if let descriptor { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        for connection in connections { connection.endIdle() }
        waitForQuiet(grace)
        // Requests that begin from here on are refused without being suspended; these are all that may be.
        let left = state.withLock { Array($0.exchanges.values) }
        for exchange in left { exchange.abort(refuse(.stopping)) }
        if !left.isEmpty { waitForQuiet(.milliseconds(250)) }
        daemon?.stop()
        let waiting = state.withLock { state in
            state.socket = nil
            state.connections = [:]
            defer { state.end = .stopped }
            return if case .stopping(let waiting) = state.end { waiting } else { [] as [@Sendable () -> Void] }
        }
        if daemon != nil { unsafe Unmanaged.passUnretained(self).release() }
        for done in waiting { done() }
    }

    private func waitForQuiet(_ time: Duration) {
        let deadline = DispatchTime.now() + .milliseconds(Int(time / .milliseconds(1)))
        while state.withLock({ !$0.exchanges.isEmpty }), quiet.wait(timeout: deadline) == .success {}
    }
}
