// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A request to somebody else's server.
public struct OutgoingRequest: Sendable {
    public var method: HTTPMethod
    /// Absolute `http` or `https` URL.
    public var url: String
    public var fields: HTTPFields
    public var body: [UInt8]
    /// From the first byte sent to the last received.
    public var timeout: Duration
    /// A larger answer, after inflating, is an error.
    public var maximumAnswer: Int
    /// Never put on a connection that was used before. A sender repeats by itself what went out on one that the other side turns out to
    /// have closed, and then the answer says nothing about the first time. Costs a new connection.
    public var needsFreshConnection = false
    /// Only to an address of the public internet, judged when the connection is made, whatever the name is said to resolve to. For URLs
    /// that a stranger chose.
    public var publicAddressesOnly = false

    public init(
        _ method: HTTPMethod, _ url: String, fields: HTTPFields = HTTPFields(), body: [UInt8] = [], timeout: Duration = .seconds(30),
        maximumAnswer: Int = 16 << 20
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.timeout = timeout
        self.maximumAnswer = maximumAnswer
    }

    /// A request with a JSON body.
    public static func json(
        _ method: HTTPMethod, _ url: String, _ body: JSONValue, fields: HTTPFields = HTTPFields(), timeout: Duration = .seconds(30)
    ) -> OutgoingRequest {
        var fields = fields
        fields["Content-Type"] = "application/json"
        return OutgoingRequest(method, url, fields: fields, body: body.serialized(), timeout: timeout)
    }
}

/// Why no answer came.
public enum SendError: Error, Equatable, CustomStringConvertible {
    /// Nothing reached the other side: no such host, connection refused, TLS not agreed, an URL that is none.
    case notSent(String)
    /// The request may have reached the other side; the answer did not come whole.
    case noAnswer(String)
    /// ``noAnswer(_:)`` because of the time-out.
    case timedOut

    public var description: String {
        switch self {
        case .notSent(let reason), .noAnswer(let reason): reason
        case .timedOut: "no answer in time"
        }
    }
}

/// Sends requests: over the network, or in tests straight to a handler. Redirects are answers like any other.
public protocol Sender: Sendable {
    func send(_ request: OutgoingRequest) async throws(SendError) -> Response
}
