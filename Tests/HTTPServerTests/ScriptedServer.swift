// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Glibc

/// A server that does to its connections, in the order in which they come, what a test says.
final class ScriptedServer: Sendable {
    private let descriptor: Int32
    let port: UInt16

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0, unsafe RawSocket.withLoopback(0, { unsafe bind(descriptor, $0, $1) }) == 0, listen(descriptor, 8) == 0 else {
            throw RawSocket.Failure()
        }
        self.descriptor = descriptor
        var bound = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = unsafe withUnsafeMutablePointer(to: &bound) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(descriptor, $0, &length) }
        }
        guard code == 0 else { throw RawSocket.Failure() }
        port = UInt16(bigEndian: bound.sin_port)
    }

    deinit { _ = Glibc.close(descriptor) }

    /// The next connection.
    func accept() async -> RawSocket {
        let descriptor = descriptor
        return RawSocket(accepted: await onThread { Glibc.accept(descriptor, nil, nil) })
    }
}
