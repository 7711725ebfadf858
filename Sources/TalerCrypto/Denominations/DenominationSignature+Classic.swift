// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

extension DenominationSignature {
    /// `ub_sig` of a classic permission: the base32 text of an RSA signature, or the modern object of either cipher.
    /// - Throws: `WireError`, `JSONError`.
    public init(classic value: JSONValue) throws {
        guard case .string(let text) = value else {
            try self.init(json: value)
            return
        }
        self = .rsa(Array(try Base32.decode(text).drop { $0 == 0 }))
    }
}
