// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDBSQLite
import Glibc
import Synchronization

/// A disk that takes no more from a certain write on, for one database with its log.
///
/// SQLite lets its system calls be exchanged for such tests. That needs no mounted file system and no privilege, counts single
/// writes, and reports a full disk and a broken one alike: a limit of the file size reports neither, and SQLite's own limit of pages
/// does not hold for the log that a commit is written to.
struct FailingDisk: Sendable {
    private struct Rule {
        /// Writes that still go well.
        var left: Int
        let error: Int32
        var hits = 0
    }

    private static let rules = Mutex<[String: Rule]>([:])
    private let file: String

    init(file: String) {
        self.file = file
        _ = Self.isInstalled
    }

    /// So many more writes go well, then none until ``repair()``.
    /// - Parameter error: ENOSPC, EIO.
    func fail(after writes: Int, with error: Int32) {
        Self.rules.withLock { $0[file] = Rule(left: writes, error: error) }
    }

    /// - Returns: how many writes failed.
    @discardableResult func repair() -> Int { Self.rules.withLock { $0.removeValue(forKey: file)?.hits ?? 0 } }

    /// The error that this write shall have; nil lets it pass.
    fileprivate static func failure(_ descriptor: Int32) -> Int32? {
        guard rules.withLock({ !$0.isEmpty }), let path = path(descriptor) else { return nil }
        return rules.withLock { rules in
            guard let file = rules.keys.first(where: { path.hasPrefix($0) }), var rule = rules[file] else { return nil }
            defer { rules[file] = rule }
            if rule.left > 0 {
                rule.left -= 1
                return nil
            }
            rule.hits += 1
            return rule.error
        }
    }

    private static func path(_ descriptor: Int32) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return -1 }
            return unsafe readlink("/proc/self/fd/\(descriptor)", start, bytes.count)
        }
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }

    /// Once in a process; what other tests write passes.
    private static let isInstalled: Bool = {
        guard let vfs = unsafe sqlite3_vfs_find(nil), let set = unsafe vfs.pointee.xSetSystemCall else { return false }
        let write: @convention(c) (Int32, UnsafeRawPointer?, Int) -> Int = { unsafe failingWrite($0, $1, $2) }
        let pwrite: @convention(c) (Int32, UnsafeRawPointer?, Int, Int) -> Int = { unsafe failingPwrite($0, $1, $2, $3) }
        _ = unsafe set(vfs, "write", unsafeBitCast(write, to: sqlite3_syscall_ptr.self))
        _ = unsafe set(vfs, "pwrite", unsafeBitCast(pwrite, to: sqlite3_syscall_ptr.self))
        _ = unsafe set(vfs, "pwrite64", unsafeBitCast(pwrite, to: sqlite3_syscall_ptr.self))
        return true
    }()
}

private func failingWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    guard let error = FailingDisk.failure(descriptor) else { return unsafe Glibc.write(descriptor, bytes, count) }
    errno = error
    return -1
}

private func failingPwrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ offset: Int) -> Int {
    guard let error = FailingDisk.failure(descriptor) else { return unsafe Glibc.pwrite(descriptor, bytes, count, offset) }
    errno = error
    return -1
}
