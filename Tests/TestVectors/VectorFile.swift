// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
public import TalerWire

/// The known answers, as JSON.
public enum VectorFile: String, Sendable {
    case library14 = "exchange-library-protocol14"
    case library23 = "exchange-library-protocol23"
    case independent = "protocol"
    case clauseSchnorr = "clause-schnorr-coins"
    case refresh

    /// The whole file.
    public var json: JSONValue {
        get throws { try Resource.json("Vectors/\(rawValue).json") }
    }

    /// A group of the file, one vector an element, each named for the test's output.
    public func group(_ name: String) -> [Vector] {
        guard let elements = try? json[name]?.arrayValue else { return [] }
        return elements.enumerated().map { Vector(name: "\(rawValue) \(name) \($0.offset)", value: $0.element) }
    }
}

/// One known answer.
public struct Vector: Sendable, CustomStringConvertible {
    public let name: String
    public let value: JSONValue
    public var description: String { name }

    /// The text member, empty when there is none.
    public func text(_ member: String) -> String { value[member]?.stringValue ?? "" }
    /// The bytes of a member in hex; empty when there is none.
    public func hex(_ member: String) -> [UInt8] { Hex.decode(text(member)) }
}

/// Lower-case hexadecimal text.
public enum Hex {
    public static func decode(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// A recorded conversation: `Transcripts/protocol23/01-config.json` and the like.
public enum Transcript {
    /// NULs, which stand in bodies that are no text, become replacement characters.
    public static func json(_ path: String) throws -> JSONValue { try Resource.json("Transcripts/\(path).json", keepsNULs: false) }

    /// The conversations of a folder, without their extension.
    public static func names(in folder: String) throws -> [String] { try Resource.names("Transcripts/\(folder)") }
}

enum Resource {
    static func json(_ path: String, keepsNULs: Bool = true) throws -> JSONValue {
        var text = Array(try Data(contentsOf: Bundle.module.bundleURL.appendingPathComponent(path)))
        if !keepsNULs { text.replace(Array("\\u0000".utf8), with: Array("\\ufffd".utf8)) }
        return try JSONParser.parse(text, duplicates: .keepLast)
    }

    static func names(_ folder: String) throws -> [String] {
        let files = try FileManager.default.contentsOfDirectory(atPath: Bundle.module.bundleURL.appendingPathComponent(folder).path)
        return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }
}
