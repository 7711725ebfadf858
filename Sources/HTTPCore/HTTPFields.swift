// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Header fields in order; names are compared without case. A value can hold no line break: control characters become spaces.
public struct HTTPFields: Sendable, Equatable {
    public private(set) var entries: [Entry] = []

    public struct Entry: Sendable, Equatable {
        public let name: String
        public let value: String
    }

    public init() {}

    public init(_ pairs: KeyValuePairs<String, String>) {
        for (name, value) in pairs { append(name, value) }
    }

    /// The first value of that name. Setting replaces all of that name; nil removes them.
    public subscript(_ name: String) -> String? {
        get { entries.first { Self.isSame($0.name, name) }?.value }
        set {
            entries.removeAll { Self.isSame($0.name, name) }
            if let newValue { append(name, newValue) }
        }
    }

    /// Every value of that name, in order.
    public func all(_ name: String) -> [String] { entries.filter { Self.isSame($0.name, name) }.map(\.value) }

    /// Adds a field beside others of the same name (`Set-Cookie`). A name that is no token of RFC 9110 is dropped.
    public mutating func append(_ name: String, _ value: String) {
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenCharacter) else { return }
        let clean = String(decoding: value.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
        entries.append(Entry(name: name, value: clean))
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
