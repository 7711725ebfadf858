// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A request as a handler sees it: read whole, path and query decoded.
public struct Request: Sendable {
    public var method: HTTPMethod
    /// Path and query as they came, percent-encoding included.
    public var target: String
    /// The path's segments, each decoded by itself; `/` has none, a trailing slash adds an empty one.
    public var path: [String]
    public var query: Query
    public var fields: HTTPFields
    /// Inflated when it came with a `Content-Encoding`.
    public var body: [UInt8]
    /// Names the request in logs and in answers to internal errors.
    public var id: String
    /// True when it came through a UNIX socket, whose file mode is then the access check.
    public var isLocalSocket: Bool
    /// The IP address at the other end of the connection: a client's or a proxy's. Nil when it did not come through TCP.
    public var peer: String?

    /// - Returns: nil when the target does not begin with a slash or is not validly encoded.
    public init?(
        _ method: HTTPMethod, _ target: String, fields: HTTPFields = HTTPFields(), body: [UInt8] = [], id: String = "-",
        isLocalSocket: Bool = false, peer: String? = nil
    ) {
        // By bytes: a combining mark after a separator would hide it among the characters.
        let parts = target.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard let rawPath = parts.first, rawPath.utf8.first == UInt8(ascii: "/"),
            let query = Query(encoded: parts.count == 2 ? parts[1] : "")
        else { return nil }
        var path: [String] = []
        if rawPath != "/" {
            for segment in rawPath.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
                guard let decoded = PercentEncoding.decode(String(decoding: segment, as: UTF8.self)) else { return nil }
                path.append(decoded)
            }
        }
        self.method = method
        self.target = target
        self.path = path
        self.query = query
        self.fields = fields
        self.body = body
        self.id = id
        self.isLocalSocket = isLocalSocket
        self.peer = peer
    }

    /// The body as JSON, whatever its content type says; duplicate members are refused.
    /// - Throws: 400 / 22 (GENERIC_JSON_INVALID).
    public func json() throws(APIError) -> JSONValue {
        do { return try JSONParser.parse(body) } catch { throw APIError(.genericJsonInvalid, error) }
    }

    /// The body as a message.
    /// - Throws: 400 / 22 with the path of the member that is missing or wrong.
    public func message<Message: Decodable>(_ type: Message.Type = Message.self) throws(APIError) -> Message {
        do { return try json().decode(as: type) } catch let error as JSONError { throw APIError(.genericJsonInvalid, error) } catch let
            error as APIError
        {
            throw error
        } catch { throw APIError(.genericJsonInvalid, detail: "\(error)") }
    }

    /// The cookies that came, name to value.
    public var cookies: [String: String] {
        var cookies: [String: String] = [:]
        for field in fields.all("Cookie") {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { continue }
                let name = String(parts[0].drop { $0 == " " })
                if cookies[name] == nil { cookies[name] = String(parts[1]) }
            }
        }
        return cookies
    }
}
