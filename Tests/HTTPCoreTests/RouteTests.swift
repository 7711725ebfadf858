// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Testing

@testable import HTTPCore

struct RouteTests {
    private func values(_ pattern: String, _ path: [String]) -> [String: String]? { Route(.get, pattern).match(path)?.values }

    @Test func literalsMatchThemselves() {
        #expect(values("/", []) == [:])
        #expect(values("/", [""]) == nil)
        #expect(values("/a/b", ["a", "b"]) == [:])
        for other in [["a"], ["a", "b", "c"], ["a", "B"], ["a/b"], [], ["a", "b", ""]] { #expect(values("/a/b", other) == nil) }
    }

    @Test func aParameterIsOneSegment() {
        #expect(values("/a/:id", ["a", "x/y"]) == ["id": "x/y"])
        #expect(values("/a/:id/c", ["a", "", "c"]) == ["id": ""])
        #expect(values("/a/:id", ["a"]) == nil)
        #expect(values("/a/:id", ["a", "b", "c"]) == nil)
        #expect(values("/:x/:y", ["1", "2"]) == ["x": "1", "y": "2"])
    }

    @Test func aRestIsOneSegmentOrMore() {
        #expect(values("/files/*path", ["files", "a"]) == ["path": "a"])
        #expect(values("/files/*path", ["files", "a", "..", "b"]) == ["path": "a/../b"])
        #expect(values("/files/*path", ["files"]) == nil)
    }

    @Test func aTrailingSlashIsASegmentOfItsOwn() {
        #expect(values("/a/", ["a", ""]) == [:])
        #expect(values("/a/", ["a"]) == nil)
    }

    @Test func whatIsNoParameterIsEmpty() throws {
        let parameters = try #require(Route(.get, "/:id").match(["7"]))
        #expect(parameters["id"] == "7")
        #expect(parameters["other"] == "")
    }
}
