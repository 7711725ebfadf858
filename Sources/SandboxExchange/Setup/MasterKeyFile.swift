// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import TalerCrypto
import TalerWire

/// The offline key in a file of its own, mode 0600: the base32 of its 32-byte seed in one line.
struct MasterKeyFile {
    let path: String

    var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// - Throws: ``SandboxExchangeError/masterKeyMalformed(_:)``.
    func load() throws -> EdDSAPrivateKey {
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        guard let data = FileManager.default.contents(atPath: path),
            let key = try? EdDSAPrivateKey(base32: String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        else { throw SandboxExchangeError.masterKeyMalformed(path) }
        return key
    }

    /// Makes a fresh key. The file appears whole or not at all, and never in place of another.
    /// - Throws: ``SandboxExchangeError/masterKeyNotWritten(_:)``.
    func create() throws -> EdDSAPrivateKey {
        let files = FileManager.default
        let key = EdDSAPrivateKey()
        let draft = path + ".draft-\(UUID().uuidString)"
        // Empty while its mode is not yet set.
        guard files.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: draft)
        else { throw SandboxExchangeError.masterKeyNotWritten(path) }
        defer { try? files.removeItem(atPath: draft) }
        do {
            try handle.write(contentsOf: Data((Base32.encode(key.exportedSeed()) + "\n").utf8))
            try handle.synchronize()
            try handle.close()
            try files.linkItem(atPath: draft, toPath: path)
        } catch { throw SandboxExchangeError.masterKeyNotWritten(path) }
        return key
    }
}
