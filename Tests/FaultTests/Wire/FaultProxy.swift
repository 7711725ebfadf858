// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Glibc
import HTTPClient
import HTTPCore
import Synchronization

/// A TCP server in front of an exchange that does to requests and answers what a plan says, down to the bytes of the answer.
/// A thread for each connection; each connection serves one request.
final class FaultProxy: Sendable {
    struct Failure: Error {}

    let port: UInt16
    private let engine: FaultEngine
    private let listener: Mutex<Int32?>
    private let sender = CurlSender()
    private let target = Mutex("")
    private let kill: Mutex<(@Sendable () async -> Void)?> = Mutex(nil)

    /// Listens at once, on a port of its own.
    init(_ engine: FaultEngine) throws {
        self.engine = engine
        let listener = try TCPConnection.listen(port: 0)
        self.listener = Mutex(listener)
        port = TCPConnection.port(of: listener)
        accept(listener)
    }

    var baseURL: String { "http://127.0.0.1:\(port)/" }

    /// Where the exchange really is; ends in a slash.
    func forward(to url: String) { target.withLock { $0 = url } }

    /// What the faults do that kill a backend.
    func onKill(_ kill: @escaping @Sendable () async -> Void) { self.kill.withLock { $0 = kill } }

    /// Connections are refused from here on.
    func close() {
        let old = listener.withLock { listener in
            defer { listener = nil }
            return listener
        }
        guard let old else { return }
        _ = Glibc.shutdown(old, Int32(SHUT_RDWR))
        _ = Glibc.close(old)
    }

    /// Listens again, on the same port.
    func reopen() throws {
        let listener = try TCPConnection.listen(port: port)
        self.listener.withLock { $0 = listener }
        accept(listener)
    }

    private func accept(_ listener: Int32) {
        Thread.detachNewThread { [weak self] in
            while true {
                let descriptor = Glibc.accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                let connection = TCPConnection(descriptor)
                guard let self else { return }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    private func serve(_ connection: TCPConnection) {
        guard let passing = connection.readRequest() else { return }
        let done = DispatchSemaphore(value: 0)
        Task {
            let delivery = await self.engine.pass(passing) { passing throws(SendError) in
                try await self.send(passing)
            } kill: {
                await self.kill.withLock { $0 }?()
            }
            await self.deliver(delivery, on: connection)
            done.signal()
        }
        done.wait()
    }

    private func send(_ passing: Passing) async throws(SendError) -> Response {
        var request = OutgoingRequest(
            passing.method, target.withLock { $0 } + passing.target.dropFirst(), fields: passing.fields, body: passing.body,
            timeout: .seconds(120))
        request.needsFreshConnection = true
        return try await sender.send(request)
    }

    private func deliver(_ delivery: FaultEngine.Delivery, on connection: TCPConnection) async {
        switch delivery {
        case .answer(let response): connection.write(head(response, length: response.body.count) + response.body)
        // A listener that takes a connection cannot refuse it any more: it is reset.
        case .notConnected: connection.reset()
        case .closed: break
        case .short(let response):
            connection.write(head(response, length: response.body.count) + response.body.dropLast(1 + response.body.count / 3))
        case .endless(let response):
            connection.write(head(response, length: 1 << 40))
            let spaces = [UInt8](repeating: 0x20, count: 1 << 20)
            while connection.write(spaces) {}
        case .slow(let response):
            let bytes = head(response, length: response.body.count) + response.body
            connection.write(Array(bytes.prefix(20)))
            await engine.holds.hold()
            connection.write(Array(bytes.dropFirst(20)))
        }
    }

    private func head(_ response: Response, length: Int) -> [UInt8] {
        var lines = ["HTTP/1.1 \(response.status) Status", "Content-Length: \(length)", "Connection: close"]
        for field in response.fields.entries
        where !["content-length", "connection", "content-encoding", "transfer-encoding"].contains(field.name.lowercased()) {
            lines.append("\(field.name): \(field.value)")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
