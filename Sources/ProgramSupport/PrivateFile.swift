// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Synchronization

/// Files with secrets: mode 0600 from their first moment, whole or not there at all.
///
/// The system's file mode mask is the process's: while a file is made here, other files made at the same moment become private too.
public enum PrivateFile {
    /// Makes a new file.
    /// - Throws: ``PrivateFileError/exists(_:)`` when there is one of that name, whoever made it first.
    public static func create(_ bytes: [UInt8], at path: String) throws(PrivateFileError) {
        let temporary = "\(path).\(UUID().uuidString).new"
        let manager = FileManager.default
        try write(bytes, to: temporary)
        do {
            // A link is made by one of two, and never over an existing file.
            try manager.linkItem(atPath: temporary, toPath: path)
            try manager.removeItem(atPath: temporary)
        } catch {
            try? manager.removeItem(atPath: temporary)
            throw manager.fileExists(atPath: path) ? .exists(path) : .failed(path, reason: error.localizedDescription)
        }
    }

    /// Makes a file or replaces it.
    public static func replace(_ bytes: [UInt8], at path: String) throws(PrivateFileError) { try write(bytes, to: path) }

    /// Gives a file that is complete its final name, in place of one that may have it; both are in the same folder. It is synchronized
    /// first. The old file is removed when the new one has its place: at every moment one of the two is there. A folder is never replaced.
    public static func move(_ temporary: String, to path: String) throws(PrivateFileError) {
        let manager = FileManager.default
        let old = "\(path).\(UUID().uuidString).old"
        let there = try? manager.attributesOfItem(atPath: path)
        if there?[.type] as? FileAttributeType == .typeDirectory {
            throw .failed(path, reason: "it is a folder; the name of a file is needed")
        }
        do {
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: temporary))
            try file.synchronize()
            try file.close()
            if manager.fileExists(atPath: path) { try manager.moveItem(atPath: path, toPath: old) }
            try manager.moveItem(atPath: temporary, toPath: path)
            if manager.fileExists(atPath: old) { try manager.removeItem(atPath: old) }
        } catch { throw .failed(path, reason: error.localizedDescription) }
    }

    /// - Throws: ``PrivateFileError/isReadableByOthers(_:mode:)`` when group or others may do anything with it.
    public static func read(_ path: String) throws(PrivateFileError) -> [UInt8] {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: target.path)
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
            guard mode & 0o077 == 0 else { throw PrivateFileError.isReadableByOthers(path, mode: mode) }
            return Array(try Data(contentsOf: target))
        } catch let error as PrivateFileError { throw error } catch { throw .failed(path, reason: error.localizedDescription) }
    }

    public static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// One at a time, or one would bring back the mask of another in the middle of its work.
    private static let mask = Mutex(())

    /// An atomic write goes to a new file beside it (`O_EXCL`), is synchronized, and renamed: not to be replaced by the file manager's
    /// replacing of items, which on Linux can lose both.
    private static func write(_ bytes: [UInt8], to path: String) throws(PrivateFileError) {
        do {
            try mask.withLock { _ in
                let before = umask(0o077)
                defer { _ = umask(before) }
                try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
            }
        } catch { throw .failed(path, reason: error.localizedDescription) }
    }
}
