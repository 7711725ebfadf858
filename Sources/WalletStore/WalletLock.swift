// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Synchronization

/// Keeps a second process out, by `flock` on a file beside the database.
final class WalletLock: Sendable {
    private let handle: Mutex<FileHandle?>

    static func file(_ database: String) -> String { database + ".lock" }

    /// - Throws: ``WalletStoreError/inUse(_:)``.
    init(_ database: String) throws(WalletStoreError) {
        guard let handle = FileHandle(forUpdatingAtPath: Self.file(database)) else {
            throw .database("\(Self.file(database)) cannot be opened")
        }
        guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else { throw .inUse(database) }
        self.handle = Mutex(handle)
    }

    func release() {
        handle.withLock { handle in
            guard let open = handle else { return }
            // A program that is being started at this moment has the descriptor, too, until it runs: closing ours alone would not do.
            _ = flock(open.fileDescriptor, LOCK_UN)
            try? open.close()
            handle = nil
        }
    }
}
