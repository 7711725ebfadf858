// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Where a server listens.
public enum ServerAddress: Sendable, Equatable, CustomStringConvertible {
    /// A name or a numeric IPv4 or IPv6 address (the first that the name stands for); port 0 takes any free one.
    case tcp(host: String, port: UInt16)
    /// A socket file with this mode (permission bits). One that nobody serves any more is replaced.
    case unix(path: String, mode: UInt32)

    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path, _): "unix:\(path)"
        }
    }
}
