// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import ProgramSupport
import Testing

/// A class, so that the folder goes with the test.
final class PrivateFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("private-\(UUID().uuidString)")
    private var path: String { folder.appendingPathComponent("key").path }

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path) }

    @Test func aNewFileIsPrivateAndHoldsWhatWasGiven() throws {
        try PrivateFile.create([0, 1, 255], at: path)
        #expect(try mode(path) == 0o600)
        #expect(try PrivateFile.read(path) == [0, 1, 255])
        #expect(try names() == ["key"])
    }

    @Test func anExistingFileIsNotOverwritten() throws {
        try PrivateFile.create([1], at: path)
        #expect(throws: PrivateFileError.exists(path)) { try PrivateFile.create([2], at: path) }
        #expect(try PrivateFile.read(path) == [1])
        #expect(try names() == ["key"])
    }

    @Test func ofManyWhoMakeItAtOnceOneWins() async throws {
        let path = path
        let winners = await withTaskGroup(of: UInt8?.self) { group in
            for number in UInt8(0)..<20 {
                group.addTask {
                    do { try PrivateFile.create([number], at: path) } catch {
                        return error as? PrivateFileError == .exists(path) ? nil : 255
                    }
                    return number
                }
            }
            return await group.reduce(into: [UInt8]()) { if let winner = $1 { $0.append(winner) } }
        }
        #expect(winners.count == 1)
        #expect(try PrivateFile.read(path) == winners)
        #expect(try names() == ["key"])
    }

    @Test func replacingLeavesAPrivateFile() throws {
        try PrivateFile.replace([1], at: path)
        #expect(try PrivateFile.read(path) == [1])
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try PrivateFile.replace([2, 3], at: path)
        #expect(try PrivateFile.read(path) == [2, 3])
        #expect(try mode(path) == 0o600)
        #expect(try names() == ["key"])
    }

    @Test func manyFilesMadeAtOnceAreAllPrivate() async throws {
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 { group.addTask { try PrivateFile.replace([1], at: "\(path)-\(number)") } }
            try await group.waitForAll()
        }
        for number in 0..<50 { #expect(try mode("\(path)-\(number)") == 0o600) }
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o610, 0o622]) func aFileOpenToOthersIsNotRead(_ mode: Int) throws {
        try PrivateFile.create([1], at: path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(throws: PrivateFileError.isReadableByOthers(path, mode: mode)) { try PrivateFile.read(path) }
    }

    @Test func aLinkIsReadAsItsTarget() throws {
        try PrivateFile.create([1], at: path)
        let link = folder.appendingPathComponent("link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(try PrivateFile.read(link) == [1])
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: PrivateFileError.isReadableByOthers(link, mode: 0o644)) { try PrivateFile.read(link) }
    }

    @Test func whatIsNotThereIsSaid() throws {
        #expect(!PrivateFile.exists(path))
        #expect(throws: PrivateFileError.self) { try PrivateFile.read(path) }
        #expect(throws: PrivateFileError.self) { try PrivateFile.create([1], at: path + "/no/such/folder") }
        #expect(try names() == [])
    }
}
