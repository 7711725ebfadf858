// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Sodium
import Testing
import WebSession

struct SecretFileTests {
    private let path = NSTemporaryDirectory() + "secret-" + UUID().uuidString

    @Test func aSecretIsMadeOnceAndKept() throws {
        let first = try SecretFile.loadOrCreate(at: path)
        #expect(first.count == 32)
        #expect(try SecretFile.loadOrCreate(at: path) == first)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func aFileThatOthersMayReadIsRefused() throws {
        _ = try SecretFile.loadOrCreate(at: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: SecretFileError.readableByOthers(path)) { try SecretFile.loadOrCreate(at: path) }
    }

    @Test(arguments: ["", "abc", String(repeating: "g", count: 64), String(repeating: "0", count: 63)])
    func aFileWithSomethingElseIsRefused(text: String) throws {
        #expect(
            FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]))
        #expect(throws: SecretFileError.malformed(path)) { try SecretFile.loadOrCreate(at: path) }
    }

    @Test func aFolderThatIsNotThereIsSaid() {
        #expect(throws: SecretFileError.unwritable("/nonexistent/secret")) { try SecretFile.loadOrCreate(at: "/nonexistent/secret") }
    }
}
