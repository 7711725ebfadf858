// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Makes a ``JSONValue`` out of message structs, members in the order of their declaration: `JSONValue(encoding:)`.
final class JSONValueEncoder: Encoder {
    var value: JSONValue = .null {
        didSet { sink?(value) }
    }
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    /// Where a nested container's value goes whenever it grows.
    private let sink: ((JSONValue) -> Void)?

    init(codingPath: [any CodingKey] = [], sink: ((JSONValue) -> Void)? = nil) {
        self.codingPath = codingPath
        self.sink = sink
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        value = .object(JSONObject())
        return KeyedEncodingContainer(JSONKeyedEncoding(encoder: self))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        value = .array([])
        return JSONUnkeyedEncoding(encoder: self)
    }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    static func encode(_ value: some Encodable, codingPath: [any CodingKey]) throws -> JSONValue {
        let encoder = JSONValueEncoder(codingPath: codingPath)
        try value.encode(to: encoder)
        return encoder.value
    }
}

extension JSONValueEncoder: SingleValueEncodingContainer {
    func encodeNil() { value = .null }
    func encode(_ flag: Bool) { value = .bool(flag) }
    func encode(_ text: String) { value = .string(text) }
    func encode(_ number: Double) throws {
        guard number.isFinite else { throw JSONError(path: codingPath.jsonPath, reason: "\(number) has no JSON form") }
        value = .number("\(number)")
    }
    func encode(_ number: Float) throws { try encode(Double(number)) }
    func encode(_ number: Int) { put(number) }
    func encode(_ number: Int8) { put(number) }
    func encode(_ number: Int16) { put(number) }
    func encode(_ number: Int32) { put(number) }
    func encode(_ number: Int64) { put(number) }
    func encode(_ number: UInt) { put(number) }
    func encode(_ number: UInt8) { put(number) }
    func encode(_ number: UInt16) { put(number) }
    func encode(_ number: UInt32) { put(number) }
    func encode(_ number: UInt64) { put(number) }
    func encode<Value: Encodable>(_ nested: Value) throws { value = try Self.encode(nested, codingPath: codingPath) }

    private func put(_ number: some BinaryInteger) { value = Int64(exactly: number).map { .integer($0) } ?? .number("\(number)") }
}

struct JSONKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    private func put(_ value: JSONValue, _ key: Key) {
        guard case .object(var object) = encoder.value else { return }
        object[key.stringValue] = value
        encoder.value = .object(object)
    }

    mutating func encodeNil(forKey key: Key) { put(.null, key) }
    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        put(try JSONValueEncoder.encode(value, codingPath: codingPath + [key]), key)
    }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        nested(key).container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        nested(key).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { encoder }
    mutating func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

    private func nested(_ key: Key) -> JSONValueEncoder {
        JSONValueEncoder(codingPath: codingPath + [key]) { put($0, key) }
    }
}

struct JSONUnkeyedEncoding: UnkeyedEncodingContainer {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }
    var count: Int { encoder.value.arrayValue?.count ?? 0 }

    private func put(_ value: JSONValue) {
        guard case .array(var elements) = encoder.value else { return }
        elements.append(value)
        encoder.value = .array(elements)
    }

    mutating func encodeNil() { put(.null) }
    mutating func encode<Value: Encodable>(_ value: Value) throws {
        put(try JSONValueEncoder.encode(value, codingPath: codingPath + [JSONIndexKey(index: count)]))
    }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        nested().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { nested() }

    private func nested() -> JSONValueEncoder {
        let index = count
        put(.null)
        return JSONValueEncoder(codingPath: codingPath + [JSONIndexKey(index: index)]) { value in
            guard case .array(var elements) = encoder.value, elements.indices.contains(index) else { return }
            elements[index] = value
            encoder.value = .array(elements)
        }
    }
}
