// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A refusal as the caller sees it: a code of the Taler registry, a hint for people, a status, and what else the answer carries.
public struct APIError: Error, Sendable, Equatable {
    public var code: ErrorCode
    /// One sentence for people; never holds a secret.
    public var hint: String
    /// What exactly was wrong: a member's path, a parameter's name.
    public var detail: String?
    public var status: Int
    /// More members of the JSON answer.
    public var members: JSONObject
    public var fields: HTTPFields

    /// - Parameters:
    ///   - hint: the default is the registry's name in words.
    ///   - status: the default is the registry's status, 500 where it has none.
    public init(
        _ code: ErrorCode, hint: String? = nil, detail: String? = nil, status: Int? = nil, members: JSONObject = JSONObject(),
        fields: HTTPFields = HTTPFields()
    ) {
        self.code = code
        self.hint = hint ?? Self.words(code.name)
        self.detail = detail
        self.status = status ?? (code.status >= 400 ? code.status : 500)
        self.members = members
        self.fields = fields
    }

    /// A refusal of a JSON body: `detail` is the complaint with the member's path, `field` the path alone.
    public init(_ code: ErrorCode, _ error: JSONError) {
        self.init(
            code, hint: "The JSON of the request is not as it must be.", detail: error.description,
            members: error.path.isEmpty ? [:] : ["field": .string(error.path)])
    }

    private static func words(_ name: String) -> String {
        let words = name.split(separator: "_").joined(separator: " ").lowercased()
        return words.prefix(1).uppercased() + words.dropFirst() + "."
    }

    /// `{"code", "hint", "detail"?, …}`.
    public var json: JSONObject {
        var object: JSONObject = ["code": .integer(Int64(code.rawValue)), "hint": .string(hint)]
        if let detail { object["detail"] = .string(detail) }
        for member in members.members { object[member.name] = member.value }
        return object
    }
}
