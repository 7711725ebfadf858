// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// How a server listens and what it refuses by itself.
public struct ServerConfiguration: Sendable {
    public var address: ServerAddress
    /// Threads that read and write; handlers run elsewhere.
    public var threads = 2
    public var limits = ServerLimits()
    /// The form of the answers that the server gives by itself.
    public var errorStyle: ErrorStyle

    public init(address: ServerAddress, errorStyle: ErrorStyle = .modern, limits: ServerLimits = ServerLimits()) {
        self.address = address
        self.errorStyle = errorStyle
        self.limits = limits
    }
}
