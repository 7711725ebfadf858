// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why libsodium refused.
public enum SodiumError: Error, Equatable, CustomStringConvertible {
    /// An argument has the wrong length in bytes.
    case length(expected: Int, actual: Int)
    /// The bytes encode no point of the curve that may be used: not canonical, of small order, or not on the curve.
    case invalidPoint
    /// A scalar multiplication ended in the neutral element or in zero.
    case degenerateResult
    /// There was not enough memory for a password hash.
    case outOfMemory

    public var description: String {
        switch self {
        case .length(let expected, let actual): "\(actual) bytes where \(expected) are needed"
        case .invalidPoint: "no usable point of the curve"
        case .degenerateResult: "a degenerate result"
        case .outOfMemory: "not enough memory"
        }
    }
}
