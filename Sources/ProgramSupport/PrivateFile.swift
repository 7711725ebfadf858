// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// Files with secrets: mode 0600 from their first moment, whole or not there at all.
///
/// The system's file mode mask is the process's: while a file is made here, other files made at the same moment become private too.
public enum PrivateFile {
    /// Makes a new file.
    /// - Throws: ``PrivateFileError/exists(_:)`` when there is one of that name, whoever made it first.
    public static func create(_ bytes: [UInt8], at path: String) throws(PrivateFileError) {
        try write(bytes, path) { manager, temporary in
            // A link is made by one of two, and never over an existing file.
            guard !manager.fileExists(atPath: path) else { throw PrivateFileError.exists(path) }
            do { try manager.linkItem(atPath: temporary, toPath: path) } catch CocoaError.fileWriteFileExists {
                throw PrivateFileError.exists(path)
            }
            try manager.removeItem(atPath: temporary)
        }
    }

    /// Makes a file or replaces it.
    public static func replace(_ bytes: [UInt8], at path: String) throws(PrivateFileError) {
        try write(bytes, path) { manager, temporary in
            if manager.fileExists(atPath: path) {
                _ = try manager.replaceItemAt(URL(fileURLWithPath: path), withItemAt: URL(fileURLWithPath: temporary))
                try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            } else {
                try manager.moveItem(atPath: temporary, toPath: path)
            }
        }
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

    private static func write(
        _ bytes: [UInt8], _ path: String, place: (FileManager, String) throws -> Void
    ) throws(PrivateFileError) {
        let temporary = "\(path).\(UUID().uuidString).new"
        let manager = FileManager.default
        do {
            let mask = umask(0o077)
            defer { _ = umask(mask) }
            // Not over an existing file: nobody can put one there for us to write into.
            try Data(bytes).write(to: URL(fileURLWithPath: temporary), options: .withoutOverwriting)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
            try handle.synchronize()
            try handle.close()
            try place(manager, temporary)
        } catch {
            try? manager.removeItem(atPath: temporary)
            if let error = error as? PrivateFileError { throw error }
            throw .failed(path, reason: error.localizedDescription)
        }
    }
}
