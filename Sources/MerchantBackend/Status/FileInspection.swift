// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// The files that a backend needs.
public struct BackendFiles: Sendable {
    public let database: String
    public let key: String
    public let token: String
    /// Further files with secrets, such as the bank's password.
    public let otherSecrets: [String]

    public init(database: String, key: String, token: String, otherSecrets: [String] = []) {
        self.database = database
        self.key = key
        self.token = token
        self.otherSecrets = otherSecrets
    }

    /// Those of them that are there, with the database's log.
    public func modes() -> [FileFacts] {
        let secrets = ([key, token] + otherSecrets).map { ($0, true) }
        let files = secrets + [(database, false), (database + "-wal", false)]
        return files.compactMap { path, isSecret in
            Self.mode(of: path).map { FileFacts(path: path, mode: $0, isSecret: isSecret) }
        }
    }

    /// Those that the owner has to provide, and that are not there.
    public func missing() -> [String] { otherSecrets.filter { Self.mode(of: $0) == nil } }

    /// The file system that the database is on; nil when the system does not say.
    public func disk() -> DiskFacts? {
        let folder = URL(fileURLWithPath: database).deletingLastPathComponent().path
        guard let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder),
            let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value
        else { return nil }
        return DiskFacts(path: folder, freeBytes: free)
    }

    /// Permission bits of what the path leads to; nil when there is nothing.
    private static func mode(of path: String) -> Int? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target) else { return nil }
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }
}
