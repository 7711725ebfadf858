// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why a server does not start.
public enum ServerError: Error, Equatable, CustomStringConvertible {
    /// The address cannot be listened on: taken, not ours, not permitted. `reason` is the system's text.
    case cannotListen(address: String, reason: String)
    /// The library did not start, and told nothing but its log.
    case libraryFailed

    public var description: String {
        switch self {
        case .cannotListen(let address, let reason): "cannot listen on \(address): \(reason)"
        case .libraryFailed: "the HTTP library does not start"
        }
    }
}
