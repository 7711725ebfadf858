// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// What a file looks like from outside: enough to tell that it is another one, or has been written to.
struct FileStamp: Equatable {
    let size: UInt64
    let changed: Date
    let fileNumber: UInt64
}

/// The files of a catalog's folder, not what is in them.
struct CatalogListing: Equatable {
    /// The folder's own files with the endings `.md` and `.list`; names that begin with a dot are left out.
    let texts: [String: FileStamp]
    let pictures: [String: FileStamp]
    let files: [String: FileStamp]

    /// - Throws: ``CatalogErrors`` naming the folders that cannot be read.
    init(folder: String) throws(CatalogErrors) {
        var complaints: [CatalogError] = []
        func stamps(_ path: String, followsLinks: Bool = false, _ isWanted: (String) -> Bool = { _ in true }) -> [String: FileStamp] {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                complaints.append(CatalogError(file: path, reason: "the folder cannot be read"))
                return [:]
            }
            var stamps: [String: FileStamp] = [:]
            for name in names where !name.hasPrefix(".") && isWanted(name) {
                stamps[name] = Self.stamp("\(path)/\(name)", followsLinks: followsLinks)
            }
            return stamps
        }
        texts = stamps(folder, followsLinks: true) { $0.hasSuffix(".md") || $0.hasSuffix(".list") }
        pictures = stamps("\(folder)/pictures")
        files = stamps("\(folder)/files")
        guard complaints.isEmpty else { throw CatalogErrors(complaints) }
    }

    /// Nil for what is no regular file, or has just gone.
    private static func stamp(_ path: String, followsLinks: Bool) -> FileStamp? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        if followsLinks, attributes[.type] as? FileAttributeType == .typeSymbolicLink {
            return stamp(URL(fileURLWithPath: path).resolvingSymlinksInPath().path, followsLinks: false)
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? NSNumber,
            let changed = attributes[.modificationDate] as? Date, let number = attributes[.systemFileNumber] as? NSNumber
        else { return nil }
        return FileStamp(size: size.uint64Value, changed: changed, fileNumber: number.uint64Value)
    }
}
