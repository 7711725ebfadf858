// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// A request that may be sent any number of times without moving money.
struct Shape: Sendable {
    let name: String
    var method: HTTPMethod
    /// Not percent-encoded.
    var path: [String]
    /// Not percent-encoded.
    var query: [(name: String, value: String)] = []
    var fields = HTTPFields()
    var body: JSONValue?
    /// What the request as it stands is answered with.
    let status: Int

    var target: String { "/" + path.joined(separator: "/") + queryText }

    private var queryText: String {
        query.isEmpty ? "" : "?" + query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }
}

/// A request as it goes out.
struct ShapedRequest {
    var method: HTTPMethod
    var target: String
    var fields: HTTPFields
    var body: [UInt8]
    /// What was done to the shape, for people.
    var story: String

    init(_ shape: Shape) {
        method = shape.method
        target = shape.target
        fields = shape.fields
        body = shape.body?.serialized() ?? []
        story = shape.name
    }
}
