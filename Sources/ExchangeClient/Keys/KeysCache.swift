// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import TalerCrypto
import TalerWire

/// The folder in which ``KeptKeys`` outlive the process. Only exchanges of the configuration are kept, so no stranger fills the disk.
struct KeysCache: Sendable {
    let folder: String

    private func file(_ baseURL: String) -> String { "\(folder)/keys-\(HashCode(ofText: baseURL).base32.prefix(32)).json" }

    /// - Returns: nil when none are kept.
    /// - Throws: ``KeysError/malformed(_:)``.
    func read(_ baseURL: String) throws(KeysError) -> KeptKeys? {
        guard let data = FileManager.default.contents(atPath: file(baseURL)) else { return nil }
        let kept = try KeptKeys(Array(data))
        guard kept.baseURL == baseURL else { throw .malformed("the kept keys are another exchange's") }
        return kept
    }

    /// Readers find the old text or the new one, whole. Everybody may read it: nothing in it is secret.
    func write(_ kept: KeptKeys) throws {
        let path = file(kept.baseURL)
        try Data(kept.bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    }
}
