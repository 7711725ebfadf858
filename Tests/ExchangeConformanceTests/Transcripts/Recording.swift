// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import TestVectors

/// A recorded request to a real exchange and its answer.
struct Recording {
    let name: String
    let number: Int
    let method: HTTPMethod
    let port: Int
    /// Path and query.
    let target: String
    let fields: HTTPFields
    /// Nil for a body that is no JSON, or none.
    let json: JSONValue?
    let raw: String?
    let answer: RecordedAnswer
    /// When it was answered; nil when that is not recorded.
    let date: Timestamp?

    /// Every recording, in its order.
    static func all() throws -> [Recording] {
        try Transcript.names(in: "protocol23").filter { $0 != "inputs" }.map { try Recording($0) }.sorted { $0.number < $1.number }
    }

    init(_ name: String) throws {
        let file = try Transcript.json("protocol23/\(name)")
        let request = file["request"] ?? .null
        self.name = name
        number = Int(file["n"]?.integerValue ?? 0)
        method = HTTPMethod(rawValue: request["method"]?.stringValue ?? "")
        let parts = (request["url"]?.stringValue ?? "").split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        port = Int(parts.dropFirst(2).first?.split(separator: ":").last ?? "") ?? 0
        target = "/" + (parts.count == 4 ? parts[3] : "")
        var fields = HTTPFields()
        for member in request["headers"]?.objectValue?.members ?? [] { fields.append(member.name, member.value.stringValue ?? "") }
        self.fields = fields
        json = request["body"]
        raw = request["body_raw"]?.stringValue
        answer = try RecordedAnswer(file["response"] ?? .null)
        date = file["response"]?["headers"]?["Date"]?.stringValue.flatMap { HTTPDate.parse($0) }
    }
}

/// What an exchange answered, as far as two exchanges can be compared.
struct RecordedAnswer: Equatable {
    /// Nil when there was no answer.
    var status: Int?
    var code: Int?
    /// Where the JSON has members: `history[].type`. Nil for another body, or none.
    var members: Set<String>?

    /// As a transcript keeps it.
    init(_ response: JSONValue) throws {
        if let text = response["raw"]?.stringValue {
            // As curl wrote it.
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            let body = text.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first ?? ""
            take(try JSONParser.parse(String(body)))
        } else {
            status = response["status"]?.integerValue.map(Int.init)
            if let body = response["body"] { take(body) }
        }
    }

    init(_ response: Response) {
        status = response.status
        guard response.fields["Content-Type"]?.hasPrefix("application/json") == true, let body = try? response.json() else { return }
        take(body)
    }

    private mutating func take(_ body: JSONValue) {
        code = body["code"]?.integerValue.map(Int.init)
        var found: Set<String> = []
        Self.collect(body, "", &found)
        members = found
    }

    private static func collect(_ value: JSONValue, _ path: String, _ found: inout Set<String>) {
        switch value {
        case .object(let object):
            for member in object.members {
                let name = path.isEmpty ? member.name : "\(path).\(member.name)"
                found.insert(name)
                collect(member.value, name, &found)
            }
        case .array(let elements): for element in elements { collect(element, path + "[]", &found) }
        default: break
        }
    }

    /// In words what is different here; nil when nothing is.
    /// - Parameter free: members that are not compared.
    func difference(to ours: RecordedAnswer, ignoring free: Set<String>) -> String? {
        guard status == ours.status, code == ours.code else { return "\(short) → \(ours.short)" }
        // A page or a compressed body is not compared.
        guard let members, let others = ours.members else { return nil }
        let missing = Self.roots(members.subtracting(others).subtracting(free))
        let more = Self.roots(others.subtracting(members).subtracting(free))
        let parts = [
            missing.isEmpty ? nil : "without \(missing.joined(separator: ", "))",
            more.isEmpty ? nil : "with \(more.joined(separator: ", "))",
        ]
        let text = parts.compactMap(\.self).joined(separator: "; ")
        return text.isEmpty ? nil : text
    }

    private var short: String {
        guard let status else { return "no answer" }
        return code.map { "\(status) / \($0)" } ?? "\(status)"
    }

    /// Without what stands within another.
    private static func roots(_ names: Set<String>) -> [String] {
        names.filter { name in
            !names.contains { $0 != name && (name.hasPrefix($0 + ".") || name.hasPrefix($0 + "[]")) }
        }.sorted()
    }
}
