// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A point in time in whole seconds since 1970, or "never".
///
/// Written `{"t_s": 123}` or `{"t_s": "never"}`; the classic text `"/Date(123)/"`, the bank's `{"t_ms": 123000}` are read as well.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Microseconds since 1970, a multiple of 10^6, or 2^64-1 for "never".
    public let microseconds: UInt64

    public static let never = Timestamp(microseconds: .max)
    public static let zero = Timestamp(microseconds: 0)
    /// The largest number of seconds that 64 bits of microseconds hold beside "never".
    public static let maximumSeconds = UInt64.max / 1_000_000 - 1

    private init(microseconds: UInt64) { self.microseconds = microseconds }

    /// - Throws: ``WireError/time(_:)`` when the number does not fit.
    public init(seconds: UInt64) throws(WireError) {
        guard seconds <= Self.maximumSeconds else { throw .time("the number of seconds is too large") }
        self.init(microseconds: seconds * 1_000_000)
    }

    /// Seconds since 1970; nil for "never".
    public var seconds: UInt64? { isNever ? nil : microseconds / 1_000_000 }
    public var isNever: Bool { microseconds == .max }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    /// This time moved by whole seconds; "never" stays, the result is kept within 1970 and the last representable second.
    public func advanced(bySeconds delta: Int64) -> Timestamp {
        guard let seconds else { return self }
        let moved = delta >= 0 ? seconds.addingReportingOverflow(UInt64(delta)) : seconds.subtractingReportingOverflow(delta.magnitude)
        if moved.overflow { return Timestamp(microseconds: delta < 0 ? 0 : Self.maximumSeconds * 1_000_000) }
        return Timestamp(microseconds: min(moved.partialValue, Self.maximumSeconds) * 1_000_000)
    }

    /// Seconds since 1970, or "never".
    public var description: String { seconds.map { "\($0)" } ?? "never" }
}

extension Timestamp: JSONRepresentable {
    public init(json: JSONValue) throws {
        do {
            switch json {
            case .string(let text): try self.init(classic: text)
            case .object(let object):
                switch (object["t_s"], object["t_ms"]) {
                case (.string("never")?, nil), (nil, .string("never")?): self = .never
                case (.integer(let seconds)?, nil) where seconds >= 0: try self.init(seconds: UInt64(seconds))
                case (nil, .integer(let milliseconds)?) where milliseconds >= 0: try self.init(seconds: UInt64(milliseconds) / 1000)
                default: throw WireError.time("t_s must be a whole number of seconds or \"never\"")
                }
            default: throw WireError.time("a string or an object is needed")
            }
        } catch {
            throw JSONError(reason: "\(error)")
        }
    }

    /// `"/Date(SECONDS)/"`, `"/never/"` or `"/forever/"`.
    private init(classic text: String) throws(WireError) {
        if text == "/never/" || text == "/forever/" {
            self = .never
            return
        }
        guard text.hasPrefix("/Date("), text.hasSuffix(")/"),
            case let digits = text.utf8.dropFirst(6).dropLast(2), !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let seconds = UInt64(String(decoding: digits, as: UTF8.self))
        else { throw .time("\"/Date(SECONDS)/\" is needed") }
        try self.init(seconds: seconds)
    }

    /// `{"t_s": n}` or `{"t_s": "never"}`.
    public var json: JSONValue { .object(["t_s": seconds.map { .integer(Int64(clamping: $0)) } ?? .string("never")]) }
    /// `"/Date(n)/"` or `"/never/"`.
    public var classicJSON: JSONValue { .string(seconds.map { "/Date(\($0))/" } ?? "/never/") }
    /// `{"t_ms": n}` or `{"t_ms": "never"}`.
    public var millisecondJSON: JSONValue {
        .object([
            "t_ms": seconds.map { .integer(Int64(clamping: $0.multipliedReportingOverflow(by: 1000).partialValue)) } ?? .string("never")
        ])
    }
}

/// A ``Timestamp`` that is written as the classic `"/Date(SECONDS)/"`.
public struct ClassicTimestamp: Hashable, Sendable, JSONRepresentable {
    public var time: Timestamp
    public init(_ time: Timestamp) { self.time = time }
    public init(json: JSONValue) throws { time = try Timestamp(json: json) }
    public var json: JSONValue { time.classicJSON }
}

/// A ``Timestamp`` that is written as the 2019 bank API's `{"t_ms": n}`.
public struct MillisecondTimestamp: Hashable, Sendable, JSONRepresentable {
    public var time: Timestamp
    public init(_ time: Timestamp) { self.time = time }
    public init(json: JSONValue) throws { time = try Timestamp(json: json) }
    public var json: JSONValue { time.millisecondJSON }
}
