// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import TalerWire

/// How a denomination signs its coins. The number is the one in hashes.
public enum Cipher: UInt32, Sendable, Hashable {
    case rsa = 1
    case clauseSchnorr = 2

    /// The name in JSON.
    public var name: String {
        switch self {
        case .rsa: "RSA"
        case .clauseSchnorr: "CS"
        }
    }

    /// `RSA` or `CS` in any case; nil for all else.
    public init?(name: some StringProtocol) {
        switch name.lowercased() {
        case "rsa": self = .rsa
        case "cs": self = .clauseSchnorr
        default: return nil
        }
    }
}

extension JSONValue {
    /// The `cipher` member of a key, signature or planchet.
    func cipher() throws(JSONError) -> Cipher {
        guard case .object(let object) = self else { throw JSONError(reason: "an object with a cipher is needed") }
        guard case .string(let name)? = object["cipher"] else { throw JSONError(path: "cipher", reason: "a string is needed") }
        guard let cipher = Cipher(name: name) else { throw JSONError(path: "cipher", reason: "the cipher is not known") }
        return cipher
    }

    /// The base32 of a member, of any length.
    func base32(_ name: String) throws(JSONError) -> [UInt8] {
        guard case .string(let text)? = self[name] else { throw JSONError(path: name, reason: "a base32 string is needed") }
        do { return try Base32.decode(text) } catch { throw JSONError(path: name, reason: "\(error)") }
    }

    /// The base32 of a member of 32 bytes.
    func base32Of32(_ name: String) throws(JSONError) -> [UInt8] {
        guard case .string(let text)? = self[name] else { throw JSONError(path: name, reason: "a base32 string is needed") }
        do { return try Base32.decode(text, byteCount: 32) } catch { throw JSONError(path: name, reason: "\(error)") }
    }
}
