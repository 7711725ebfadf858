// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What an exchange answered about its keys, as it is kept on disk. Verified anew whenever it is read.
public struct KeptKeys: Sendable, Equatable {
    /// Where it was fetched.
    public let baseURL: String
    /// By our clock.
    public let fetched: Timestamp
    /// Until when the exchange lets it be kept, by our clock; nil when it does not say.
    public let expires: Timestamp?
    /// Seconds by which the exchange's clock is ahead of ours; negative when it is behind; nil when it does not say.
    public let clockDifference: Int64?
    /// The body of `GET /keys`.
    let keys: JSONValue
    /// The body of `GET /wire`: protocols 14 to 16.
    let wire: JSONValue?

    init(baseURL: String, fetched: Timestamp, expires: Timestamp?, clockDifference: Int64?, keys: JSONValue, wire: JSONValue?) {
        self.baseURL = baseURL
        self.fetched = fetched
        self.expires = expires
        self.clockDifference = clockDifference
        self.keys = keys
        self.wire = wire
    }

    /// From ``bytes``.
    /// - Throws: ``KeysError/malformed(_:)``.
    public init(_ bytes: [UInt8]) throws(KeysError) {
        do {
            let json = try JSONParser.parse(bytes, duplicates: .keepLast)
            guard let baseURL = json["base_url"]?.stringValue, let fetched = json["fetched"], let keys = json["keys"] else {
                throw KeysError.malformed("the kept keys lack a member")
            }
            self.init(
                baseURL: baseURL, fetched: try Timestamp(json: fetched), expires: try json["expires"].map { try Timestamp(json: $0) },
                clockDifference: json["clock_difference"]?.integerValue, keys: keys, wire: json["wire"])
        } catch let error as KeysError { throw error } catch { throw .malformed("\(error)") }
    }

    /// JSON.
    public var bytes: [UInt8] {
        var members: [JSONObject.Member] = [
            .init(name: "base_url", value: .string(baseURL)), .init(name: "fetched", value: fetched.json),
        ]
        if let expires { members.append(.init(name: "expires", value: expires.json)) }
        if let clockDifference { members.append(.init(name: "clock_difference", value: .integer(clockDifference))) }
        members.append(.init(name: "keys", value: keys))
        if let wire { members.append(.init(name: "wire", value: wire)) }
        return JSONValue.object(JSONObject(members)).serialized()
    }
}
