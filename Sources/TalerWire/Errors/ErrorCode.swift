// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A number of the GNU Taler error registry (GANA), with its name and the HTTP status that the registry gives it.
public struct ErrorCode: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: Int
    /// The registry's name without `TALER_EC_`.
    public let name: String
    /// The registry's HTTP status; 0 for codes that servers never send.
    public let status: Int

    init(_ rawValue: Int, _ name: String, _ status: Int) {
        self.rawValue = rawValue
        self.name = name
        self.status = status
    }

    /// The registry's entry of that number; nil when this program does not know it.
    public init?(rawValue: Int) {
        guard let known = Self.registry[rawValue] else { return nil }
        self = known
    }

    private static let registry = Dictionary(
        (generic + exchange + merchant + bank + other).map { ($0.rawValue, $0) }, uniquingKeysWith: { first, _ in first })

    public static func == (left: Self, right: Self) -> Bool { left.rawValue == right.rawValue }
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

    public var description: String { "\(rawValue) \(name)" }
}
