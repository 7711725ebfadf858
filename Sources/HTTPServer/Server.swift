// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import Logging

/// An HTTP/1.1 server over libmicrohttpd. Bodies are read whole before the handler runs; a handler runs in a task of its own, and
/// waiting there costs no thread. It serves until ``stop()``, or until nobody holds it.
public final class Server: Sendable {
    /// The port that was taken; 0 on a UNIX socket.
    public let port: UInt16
    private let core: ServerCore

    private init(core: ServerCore, port: UInt16) {
        self.core = core
        self.port = port
    }

    deinit { core.beginStop(grace: .zero) }

    /// Listens and serves at once.
    public static func start(_ configuration: ServerConfiguration, handler: any Handler, logger: Logger) throws(ServerError) -> Server {
        let socket = try ListeningSocket(configuration.address)
        let port = socket.port
        let core = try ServerCore.start(configuration, socket: socket, handler: handler, logger: logger)
        return Server(core: core, port: port)
    }

    /// Takes no more connections, lets running handlers finish for as long as ``ServerLimits/stopGrace`` says, then cancels them and
    /// answers their clients with 503. Returns when the last connection is closed; calling it again waits for the same.
    public func stop() async {
        await withCheckedContinuation { continuation in
            core.beginStop(grace: core.configuration.limits.stopGrace) { continuation.resume() }
        }
    }
}
