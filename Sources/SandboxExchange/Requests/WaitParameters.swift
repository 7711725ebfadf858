// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

extension Request {
    /// The longest that a question is kept open.
    static let longestWait = Duration.seconds(60)

    /// The query's `timeout_ms`, zero when it is missing.
    /// - Throws: 400 / 26.
    func wait() throws(APIError) -> Duration {
        guard let text = query["timeout_ms"] else { return .zero }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw APIError(.genericParameterMalformed, detail: "timeout_ms")
        }
        return Int64(text).map { .milliseconds($0) } ?? Self.longestWait
    }

    /// The query's `lpt`: what a question waits for; 0, nothing, when it is missing.
    /// - Throws: 400 / 26.
    func pollTarget(upTo maximum: Int) throws(APIError) -> Int {
        guard let text = query["lpt"] else { return 0 }
        guard let target = Int(text), (0...maximum).contains(target) else { throw APIError(.genericParameterMalformed, detail: "lpt") }
        return target
    }

    /// A base32 value of the query.
    /// - Throws: 400 / 25 when it is missing, 400 / 26 when it is malformed.
    func parameter<Value: FixedBytes>(_ name: String, as type: Value.Type = Value.self) throws(APIError) -> Value {
        try Self.value(query[name], name)
    }

    /// A base32 value of the header.
    /// - Throws: 400 / 25 when it is missing, 400 / 26 when it is malformed.
    func field<Value: FixedBytes>(_ name: String, as type: Value.Type = Value.self) throws(APIError) -> Value {
        try Self.value(fields[name], name)
    }

    private static func value<Value: FixedBytes>(_ text: String?, _ name: String) throws(APIError) -> Value {
        guard let text else { throw APIError(.genericParameterMissing, detail: name) }
        do { return try Value(base32: text) } catch { throw APIError(.genericParameterMalformed, detail: name) }
    }
}

extension PathParameters {
    /// A base32 value of the path.
    /// - Throws: 400 with the code.
    func value<Value: FixedBytes>(
        _ name: String, as type: Value.Type = Value.self, or code: ErrorCode
    ) throws(APIError) -> Value {
        do { return try Value(base32: self[name]) } catch {
            let hint = code == .genericPathSegmentMalformed ? "The address is not right: a part of it is no hash in base 32." : nil
            throw APIError(code, hint: hint, detail: self[name], status: 400)
        }
    }
}
