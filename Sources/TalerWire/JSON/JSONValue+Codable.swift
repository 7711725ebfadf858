// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension JSONValue: Codable {
    /// Works inside ``decode(as:)`` only.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? JSONValueDecoder else { throw JSONError(reason: "only JSONValue.decode(as:) can give a JSONValue") }
        self = decoder.value
    }

    /// Works inside ``init(encoding:)`` only.
    public func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? JSONValueEncoder else { throw JSONError(reason: "only JSONValue(encoding:) can take a JSONValue") }
        encoder.value = self
    }

    /// The message that this value writes. Unknown members are ignored.
    /// - Throws: ``JSONError`` with the path of what is missing or wrong.
    public func decode<Message: Decodable>(as type: Message.Type = Message.self) throws(JSONError) -> Message {
        do { return try JSONValueDecoder(value: self, codingPath: []).decode(type) } catch let error as JSONError { throw error } catch {
            throw JSONError(reason: "\(error)")
        }
    }

    /// The JSON form of a message, members in the order of declaration, absent optionals left out.
    public init(encoding message: some Encodable) throws(JSONError) {
        do { self = try JSONValueEncoder.encode(message, codingPath: []) } catch let error as JSONError { throw error } catch {
            throw JSONError(reason: "\(error)")
        }
    }
}
