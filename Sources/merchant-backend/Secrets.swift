// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ProgramSupport
import TalerCrypto
import TalerWire

/// The merchant's key and the frontends' token: files of mode 0600 that are made at the first start.
enum Secrets {
    /// The 32-byte seed of the merchant's Ed25519 key, raw.
    static func key(at path: String) throws -> EdDSAPrivateKey {
        if !PrivateFile.exists(path) { try PrivateFile.create(EdDSAPrivateKey().exportedSeed(), at: path) }
        return try EdDSAPrivateKey(seed: PrivateFile.read(path))
    }

    /// The bearer token: the first line of its file.
    static func token(at path: String) throws -> String {
        if !PrivateFile.exists(path) {
            try PrivateFile.create(Array((Base32.encode(Random.bytes(count: 32)) + "\n").utf8), at: path)
        }
        let text = String(decoding: try PrivateFile.read(path), as: UTF8.self)
        guard let token = text.split(separator: "\n").first, token.utf8.count >= 16 else { throw SecretError.tokenTooShort(path) }
        return String(token)
    }

    enum SecretError: Error, CustomStringConvertible {
        case tokenTooShort(String)
        case otherKey(keyFile: String, database: String)
        var description: String {
            switch self {
            case .tokenTooShort(let path): "the token in \(path) has less than 16 characters"
            case .otherKey(let keyFile, let database):
                "the contracts in \(database) were signed with another key than the one in \(keyFile): bring that key file back"
            }
        }
    }
}
