// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why a text or a run of bytes from outside is not the value that it should be.
public enum WireError: Error, Equatable, CustomStringConvertible {
    /// A character outside GNUnet's base32 alphabet, or a text of the wrong length.
    case base32(String)
    /// A byte string whose length is not the one that the type demands.
    case length(expected: Int, actual: Int)
    /// A text or object that is no amount, with the reason.
    case amount(String)
    /// A text or object that is no point in time or no duration, with the reason.
    case time(String)
    /// A text that is no payto URI, with the reason.
    case payto(String)

    public var description: String {
        switch self {
        case .base32(let reason): "not base32: \(reason)"
        case .length(let expected, let actual): "\(actual) bytes where \(expected) are needed"
        case .amount(let reason): "not an amount: \(reason)"
        case .time(let reason): "not a time: \(reason)"
        case .payto(let reason): "not a payto URI: \(reason)"
        }
    }
}
