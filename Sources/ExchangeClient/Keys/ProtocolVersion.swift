// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// An exchange's `version`, `current:revision:age`: it speaks every protocol from current - age to current.
public struct ProtocolVersion: Sendable, Equatable, CustomStringConvertible {
    public let current: Int
    public let revision: Int
    public let age: Int

    /// The protocols whose layouts are known here. What was recorded of real exchanges goes up to 23; later ones follow the documents.
    public static let supported = 17...32

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

    public var description: String { "\(current):\(revision):\(age)" }
}
