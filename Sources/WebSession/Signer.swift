// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Sodium
import TalerWire

/// Signs what this program hands out and gets back: cookies and links. A signature of one purpose is worth nothing for another.
public struct Signer: Sendable {
    private let key: SecretBytes

    /// - Parameter key: 32 bytes that nobody else knows.
    /// - Throws: `SodiumError` for a key of another length.
    public init(key: SecretBytes) throws(SodiumError) {
        guard key.count == 32 else { throw .length(expected: 32, actual: key.count) }
        self.key = key
    }

    /// The signature alone, 52 characters of base32.
    public func signature(of value: String, for purpose: Purpose) -> String {
        // Neither the length of the key nor that of the result can be refused here.
        guard let tag = try? KeyedHash.make(Self.message(value, purpose), key: key) else { return "" }
        return Base32.encode(tag)
    }

    /// In constant time; the text must be what ``signature(of:for:)`` writes.
    public func isValid(_ signature: String, of value: String, for purpose: Purpose) -> Bool {
        let expected = Array(self.signature(of: value, for: purpose).utf8)
        return !expected.isEmpty && ConstantTime.areEqual(Array(signature.utf8), expected)
    }

    /// `value.signature`; the value must not need quoting where the text is used.
    public func sign(_ value: String, for purpose: Purpose) -> String { "\(value).\(signature(of: value, for: purpose))" }

    /// The value of a signed text, nil when it was not signed here for this purpose.
    public func open(_ text: String, for purpose: Purpose) -> String? {
        guard let dot = text.lastIndex(of: ".") else { return nil }
        let value = String(text[..<dot])
        return isValid(String(text[text.index(after: dot)...]), of: value, for: purpose) ? value : nil
    }

    /// Length and purpose come before the value, so that no two pairs give the same message.
    private static func message(_ value: String, _ purpose: Purpose) -> [UInt8] {
        let name = Array(purpose.name.utf8)
        return [UInt8(truncatingIfNeeded: name.count)] + name + Array(value.utf8)
    }

    /// What a signature is good for.
    public struct Purpose: Sendable, Hashable {
        public let name: String
        /// - Parameter name: shorter than 256 bytes, unique in the program.
        public init(_ name: String) { self.name = name }

        public static let session = Purpose("session")
    }
}
