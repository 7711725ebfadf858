// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// An answer, complete.
public struct Response: Sendable, Equatable {
    public var status: Int
    public var fields: HTTPFields
    public var body: [UInt8]

    public init(status: Int = 200, fields: HTTPFields = HTTPFields(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// A body with its `Content-Type`.
    public init(status: Int = 200, type: String, body: [UInt8]) {
        self.init(status: status, fields: ["Content-Type": type], body: body)
    }

    public init(status: Int = 200, type: String, text: String) { self.init(status: status, type: type, body: Array(text.utf8)) }

    /// `application/json`, members in the order of `json`.
    public init(status: Int = 200, json: JSONValue) {
        self.init(status: status, type: "application/json", body: json.serialized())
    }

    /// The JSON form of a message.
    /// - Throws: ``APIError`` (500) when the message has none.
    public static func json(status: Int = 200, _ message: some Encodable) throws(APIError) -> Response {
        do { return Response(status: status, json: try JSONValue(encoding: message)) } catch {
            throw APIError(.genericInternalInvariantFailure, detail: "\(error)")
        }
    }

    /// 204 without a body.
    public static let noContent = Response(status: 204)

    /// No answer at all, status 0: a server closes the connection instead. For programs that are to be met when they fail.
    public static let unanswered = Response(status: 0)

    /// Whether this is ``unanswered``; header fields that somebody added on the way count for nothing.
    public var isUnanswered: Bool { status == 0 }

    /// The body as JSON. Duplicates count as other programs of the field count them: the last one wins.
    /// - Throws: `JSONError`.
    public func json() throws(JSONError) -> JSONValue { try JSONParser.parse(body, duplicates: .keepLast) }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, value) in elements { append(name, value) }
    }
}
