// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A length of time in microseconds, or "forever". Written `{"d_us": n}` or `{"d_us": "forever"}`.
public struct RelativeTime: Hashable, Sendable {
    /// Microseconds, 2^64-1 for "forever".
    public let microseconds: UInt64

    public static let forever = RelativeTime(microseconds: .max)

    public init(microseconds: UInt64) { self.microseconds = microseconds }
    public init(seconds: UInt32) { self.init(microseconds: UInt64(seconds) * 1_000_000) }

    /// Whole seconds, rounded down; nil for "forever".
    public var seconds: UInt64? { microseconds == .max ? nil : microseconds / 1_000_000 }
}

extension RelativeTime: JSONRepresentable {
    public init(json: JSONValue) throws {
        guard case .object(let object) = json else { throw JSONError(reason: "an object with d_us is needed") }
        switch object["d_us"] {
        case .string("forever")?: self = .forever
        case .integer(let microseconds)? where (0..<(1 << 53)).contains(microseconds): self.init(microseconds: UInt64(microseconds))
        default: throw JSONError(reason: "d_us must be a whole number of microseconds or \"forever\"")
        }
    }

    public var json: JSONValue {
        .object(["d_us": microseconds == .max ? .string("forever") : .integer(Int64(clamping: microseconds))])
    }
}
