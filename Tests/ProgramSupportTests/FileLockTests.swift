// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import ProgramSupport
import Testing

struct FileLockTests {
    @Test func whetherALockIsHeldIsSeenWithoutTakingIt() throws {
        let path = NSTemporaryDirectory() + "lock-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(!FileLock.isHeld(path))
        do {
            let lock = try FileLock(path: path)
            #expect(FileLock.isHeld(path))
            #expect(throws: FileLock.Failure.taken(path)) { _ = try FileLock(path: path) }
            withExtendedLifetime(lock) {}
        }
        #expect(!FileLock.isHeld(path))
    }

    @Test func aFileThatIsMovedIntoPlaceReplacesTheOldOne() throws {
        let folder = NSTemporaryDirectory() + "move-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for text in ["first", "second"] {
            try PrivateFile.create(Array(text.utf8), at: folder + "/new")
            try PrivateFile.move(folder + "/new", to: folder + "/final")
            #expect(try PrivateFile.read(folder + "/final") == Array(text.utf8))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["final"])
        #expect(throws: PrivateFileError.self) { try PrivateFile.move(folder + "/missing", to: folder + "/final") }
        #expect(try PrivateFile.read(folder + "/final") == Array("second".utf8))
    }

    @Test func aFolderIsNeverReplacedByAFile() throws {
        let folder = NSTemporaryDirectory() + "move-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/backups", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try PrivateFile.create([1], at: folder + "/backups/old")
        try PrivateFile.create([2], at: folder + "/new")
        #expect(throws: PrivateFileError.self) { try PrivateFile.move(folder + "/new", to: folder + "/backups") }
        #expect(try PrivateFile.read(folder + "/backups/old") == [1])
    }
}
