// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a server lets one client take. Bytes are counted per request unless said otherwise.
public struct ServerLimits: Sendable, Equatable {
    /// Request line and header fields together; beyond it 431.
    public var headerBytes = 32 << 10
    /// A body as it comes over the wire; beyond it 413 / 32.
    public var bodyBytes = 1 << 20
    /// A body with a `Content-Encoding`, inflated; beyond it 413 / 32. Nil: as `bodyBytes`.
    public var inflatedBytes: Int?
    /// How much of a body that is too large is read and thrown away, so that the client reads its 413 and may go on with the
    /// connection. Beyond it the connection is closed.
    public var discardedBytes = 64 << 20

    /// From the request line to the body's last byte; a slower sender is cut off.
    public var requestTime: Duration = .seconds(30)
    /// From the handler's answer to its last byte on the way; a slower reader is cut off.
    public var answerTime: Duration = .seconds(120)
    /// A connection on which nothing moves is closed. Counted in whole seconds, rounded up.
    public var idleTime: Duration = .seconds(30)
    /// How long a handler may take; after that it is cancelled and the client gets 500 / 11.
    public var handlerTime: Duration = .seconds(120)
    /// How long ``Server/stop()`` lets running handlers finish.
    public var stopGrace: Duration = .milliseconds(1500)

    /// Connections at once.
    public var connections = 512
    /// Connections at once from one IP address; 0 is no limit.
    public var connectionsPerAddress = 0

    public init() {}
}
