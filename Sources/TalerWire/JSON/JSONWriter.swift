// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension JSONValue {
    /// How objects' members are ordered in writing.
    public enum MemberOrder: Sendable {
        case received
        /// By the bytes of their names in UTF-8, as canonical JSON demands.
        case canonical
    }

    /// Compact UTF-8 text: no white space, only `"`, `\` and control characters escaped, these as `\b \t \n \f \r` or `\u00xx` in
    /// lower case.
    public func serialized(_ order: MemberOrder = .received) -> [UInt8] {
        var out: [UInt8] = []
        write(into: &out, order)
        return out
    }

    /// ``serialized(_:)`` as a string.
    public var text: String { String(decoding: serialized(), as: UTF8.self) }

    private func write(into out: inout [UInt8], _ order: MemberOrder) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let flag): out += (flag ? "true" : "false").utf8
        case .integer(let number): out += "\(number)".utf8
        case .number(let text): out += text.utf8
        case .string(let text): Self.write(text, into: &out)
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                element.write(into: &out, order)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let object):
            var members = object.members
            if order == .canonical { members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } }
            out.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.write(member.name, into: &out)
                out.append(UInt8(ascii: ":"))
                member.value.write(into: &out, order)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
            case 0x08: out += "\\b".utf8
            case 0x09: out += "\\t".utf8
            case 0x0A: out += "\\n".utf8
            case 0x0C: out += "\\f".utf8
            case 0x0D: out += "\\r".utf8
            case 0..<0x20: out += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
