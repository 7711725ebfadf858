// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import TalerWire
import Testing
import TestVectors

/// Expects the status, the code and the members that a real exchange answered with.
func expect(
    _ response: Response, like name: String, without absent: Set<String> = [], location: SourceLocation = #_sourceLocation
) throws {
    let theirs = try #require(try Transcript.json("protocol23/\(name)")["response"], sourceLocation: location)
    #expect(response.status == Int(theirs["status"]?.integerValue ?? 0), sourceLocation: location)
    guard let body = theirs["body"]?.objectValue else {
        #expect(response.body.isEmpty, sourceLocation: location)
        return
    }
    let ours = try #require(try response.json().objectValue, sourceLocation: location)
    #expect(ours["code"] == body["code"], sourceLocation: location)
    // "line" is a place in the exchange's own source.
    #expect(Set(body.names).subtracting(ours.names).subtracting(["line"]) == absent, sourceLocation: location)
    for name in ours.names {
        #expect(body.names.contains(name) || ["hint", "detail"].contains(name), "\(name)", sourceLocation: location)
    }
}
