// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantStore
import ProgramSupport
import TalerCrypto
import TalerWire

/// The merchant's key and the frontends' token: files of mode 0600 that are made at the first start.
enum Secrets {
    /// The 32-byte seed of the merchant's Ed25519 key, raw; made only for a database that belongs to nobody yet.
    static func key(at path: String, for store: MerchantStore, database: String) throws -> EdDSAPrivateKey {
        let owners = try store.merchantKeys()
        if !PrivateFile.exists(path) {
            guard owners.isEmpty else { throw SecretError.noKey(keyFile: path, database: database) }
            try PrivateFile.create(EdDSAPrivateKey().exportedSeed(), at: path)
        }
        let key = try EdDSAPrivateKey(seed: PrivateFile.read(path))
        guard owners.allSatisfy({ $0 == key.publicKey() }) else { throw SecretError.otherKey(keyFile: path, database: database) }
        return key
    }

    /// The bearer token: the first line of its file.
    static func token(at path: String) throws -> String {
        if !PrivateFile.exists(path) {
            try PrivateFile.create(Array((Base32.encode(Random.bytes(count: 32)) + "\n").utf8), at: path)
        }
        return try token(in: PrivateFile.read(path), of: path)
    }

    /// The first line of the token file's content.
    static func token(in bytes: [UInt8], of path: String) throws -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let token = text.split(separator: "\n").first, token.utf8.count >= 16 else { throw SecretError.tokenTooShort(path) }
        return String(token)
    }

    enum SecretError: Error, CustomStringConvertible {
        case tokenTooShort(String)
        case otherKey(keyFile: String, database: String)
        case noKey(keyFile: String, database: String)
        var description: String {
            switch self {
            case .tokenTooShort(let path): "the token in \(path) has less than 16 characters"
            case .noKey(let keyFile, let database):
                "the contracts in \(database) were signed with a key that should be in \(keyFile), and that file is gone: bring it back"
            case .otherKey(let keyFile, let database):
                "the contracts in \(database) were signed with another key than the one in \(keyFile): bring that key file back"
            }
        }
    }
}
