// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// An exchange's `version`, `current:revision:age`: it speaks every protocol from current - age to current.
public struct ProtocolVersion: Sendable, Equatable, CustomStringConvertible {
    public let current: Int
    public let revision: Int
    public let age: Int

    /// The protocols whose layouts are known here. What was recorded of real exchanges is of 14 and 23; those after 23 follow the
    /// documents.
    public static let supported = 14...32
    /// Protocols below have the layouts of 14: no wallet data in a coin's signature, a confirmation for each coin, accounts in `/wire`.
    public static let firstWithoutLayout14 = 17

    /// - Returns: nil when the text is no version.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let current = parts[0], let revision = parts[1], let age = parts[2],
            (0...1_000_000).contains(current), revision >= 0, (0...current).contains(age)
        else { return nil }
        self.current = current
        self.revision = revision
        self.age = age
    }

    /// The highest protocol that both sides speak; nil when there is none.
    public var common: Int? {
        let highest = min(current, Self.supported.upperBound)
        return highest >= max(current - age, Self.supported.lowerBound) ? highest : nil
    }

    /// The layouts of protocols 14 to 16 are the ones to speak.
    public var hasLayout14: Bool { common.map { $0 < Self.firstWithoutLayout14 } ?? false }

    public var description: String { "\(current):\(revision):\(age)" }
}
