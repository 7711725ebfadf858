// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// 1 to 11 upper-case ASCII letters.
public struct Currency: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// - Throws: ``WireError/amount(_:)``.
    public init(_ text: some StringProtocol) throws(WireError) {
        guard (1...11).contains(text.utf8.count), text.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw .amount("a currency is 1 to 11 letters A to Z")
        }
        self.text = String(text)
    }

    public var description: String { text }
}
