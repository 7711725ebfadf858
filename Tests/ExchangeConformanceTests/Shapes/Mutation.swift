// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// What is done to a good request: one thing to its body, if it has one, or one to the rest of it; sometimes both.
struct Mutation {
    var random: SeededNumbers

    mutating func spoiled(_ shape: Shape) -> ShapedRequest {
        var shape = shape
        var stories: [String] = []
        let hasBody = shape.body != nil
        let spoilsBody = hasBody && !random.chance(4)
        if !spoilsBody || random.chance(6) { stories.append(spoilAddress(&shape)) }
        if spoilsBody, let body = shape.body, !random.chance(4) {
            let (changed, story) = spoil(body)
            shape.body = changed
            stories.append(story)
        }
        var request = ShapedRequest(shape)
        if stories.isEmpty || (hasBody && random.chance(8)) { stories.append(spoilBytes(&request)) }
        request.story += ": " + stories.joined(separator: "; ")
        return request
    }

    // MARK: address, query, header

    private mutating func spoilAddress(_ shape: inout Shape) -> String {
        switch Int.random(in: 0..<9, using: &random) {
        case 0:
            shape.method = [.get, .post, .put, .delete, .patch, HTTPMethod(rawValue: "BREW")].randomElement(using: &random) ?? .put
            return "method \(shape.method)"
        case 1:
            shape.path.append(["", "history", "refund", "x"].randomElement(using: &random) ?? "")
            return "one segment more"
        case 2:
            shape.path.removeLast()
            return "one segment less"
        case 3 where !shape.query.isEmpty:
            let place = Int.random(in: shape.query.indices, using: &random)
            let dropped = shape.query.remove(at: place)
            return "without \(dropped.name)"
        case 4 where !shape.query.isEmpty, 5 where !shape.query.isEmpty:
            let place = Int.random(in: shape.query.indices, using: &random)
            shape.query[place].value = Self.queryValues.randomElement(using: &random) ?? ""
            return "\(shape.query[place].name)=\(shape.query[place].value.prefix(40))"
        case 6 where !shape.fields.entries.isEmpty:
            let name = shape.fields.entries[0].name
            shape.fields[name] =
                [nil, "", "XYZ", String(repeating: "0", count: 103), String(repeating: "A", count: 9000)]
                .randomElement(using: &random) ?? nil
            return "\(name) of \(shape.fields[name]?.count ?? -1) characters"
        case 7:
            shape.query.append(("more", Self.queryValues.randomElement(using: &random) ?? ""))
            return "a parameter more"
        default:
            let place = Int.random(in: shape.path.indices, using: &random)
            shape.path[place] = segment(shape.path[place])
            return "segment \(place): \(shape.path[place].prefix(40))"
        }
    }

    private static let queryValues = [
        "", "-1", "x", "0", "99999999999", "18446744073709551616", "1e3", "%00", "%FF", "%20", "1.5", "XYZ", "%C3%B6",
        String(repeating: "9", count: 4000), String(repeating: "0", count: 103),
    ]

    private mutating func segment(_ text: String) -> String {
        switch Int.random(in: 0..<7, using: &random) {
        case 0: text.lowercased()
        case 1: String(text.dropLast())
        case 2: text + "0"
        case 3: ["%00", "%FF", "%2F", "..", "XYZ", "-", "!"].randomElement(using: &random) ?? ""
        case 4: String(repeating: "Z", count: 5000)
        case 5: String(text.reversed())
        default: String(text.map { random.chance(10) ? "7" : $0 })
        }
    }

    // MARK: bytes

    private mutating func spoilBytes(_ request: inout ShapedRequest) -> String {
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            request.body = Array(request.body.prefix(Int.random(in: 0...request.body.count, using: &random)))
            return "cut after \(request.body.count) bytes"
        case 1:
            request.fields["Content-Encoding"] = "deflate"
            return "no deflate"
        case 2:
            request.fields["Content-Encoding"] = "deflate"
            request.body = Array(Deflate.stored(request.body).dropLast(Int.random(in: 1...6, using: &random)))
            return "cut deflate"
        case 3:
            request.fields["Content-Encoding"] = ["br", "gzip", "zstd, deflate"].randomElement(using: &random)
            return "another encoding"
        case 4:
            request.body = Deflate.stored([UInt8](repeating: 0x20, count: 5 << 20))
            request.fields["Content-Encoding"] = "deflate"
            return "deflate of too much"
        case 5:
            request.body = [0xEF, 0xBB, 0xBF] + request.body
            return "a byte order mark"
        case 6:
            request.body = Array(String(repeating: random.chance(2) ? "[" : "{\"a\":", count: 100_000).utf8)
            return "deep JSON"
        case 7:
            request.body += Array(request.body.prefix(50))
            return "something follows"
        default:
            for _ in 0..<Int.random(in: 1...3, using: &random) where !request.body.isEmpty {
                request.body[Int.random(in: request.body.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            return "other bytes"
        }
    }
}
