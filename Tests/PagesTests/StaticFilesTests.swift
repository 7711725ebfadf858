// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import Pages
import Testing

struct StaticFilesTests {
    private func folder(_ files: [String: String]) throws -> String {
        let path = NSTemporaryDirectory() + "static-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path + "/sub", withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)")) }
        return path
    }

    @Test func aFileIsServedWithItsTypeAndComesBackAs304() throws {
        let files = try StaticFiles(folder: folder(["a.css": "p{}", ".hidden": "x"]))
        #expect(files.names == ["a.css"])
        let request = try #require(Request(.get, "/static/a.css"))
        let answer = try files.answer("a.css", to: request)
        #expect(answer.fields["Content-Type"] == "text/css; charset=utf-8")
        #expect(answer.body == Array("p{}".utf8))
        let again = try #require(Request(.get, "/static/a.css", fields: ["If-None-Match": answer.fields["ETag"] ?? ""]))
        let unchanged = try files.answer("a.css", to: again)
        #expect(unchanged.status == 304)
        #expect(unchanged.body.isEmpty)
    }

    @Test(arguments: ["../a.css", "..", ".", "", "/etc/passwd", "sub", "sub/../a.css", ".hidden", "a.css\u{0}"])
    func onlyTheFoldersFilesAreReachable(name: String) throws {
        let files = try StaticFiles(folder: folder(["a.css": "p{}", ".hidden": "x", "sub/b.css": "b{}"]))
        let request = try #require(Request(.get, "/static/x"))
        #expect(throws: APIError.self) { try files.answer(name, to: request) }
    }
}
