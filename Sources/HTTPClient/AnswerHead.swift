// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// The header of an answer, from its lines. Of several (100, then 200) the last counts.
struct AnswerHead {
    private(set) var fields = HTTPFields()
    /// The empty line has come. The library takes a connection that breaks before it for an answer all the same.
    private(set) var isComplete = false
    private var byteCount = 0
    private static let maximum = 256 << 10

    /// - Returns: false when the header is too large.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        byteCount += bytes.count
        guard byteCount <= Self.maximum else { return false }
        var line = unsafe String(decoding: bytes, as: UTF8.self)[...]
        while let last = line.last, last.isNewline { line.removeLast() }
        if line.hasPrefix("HTTP/") {
            fields = HTTPFields()
            isComplete = false
        } else if line.isEmpty {
            isComplete = true
        } else if let colon = line.firstIndex(of: ":") {
            let name = String(line[..<colon])
            // The library has inflated the body, so these no longer say the truth of it.
            guard !["content-encoding", "content-length", "transfer-encoding"].contains(name.lowercased()) else { return true }
            let isSpace = { (character: Character) in character == " " || character == "\t" }
            var value = line[line.index(after: colon)...].drop(while: isSpace)
            while let last = value.last, isSpace(last) { value.removeLast() }
            fields.append(name, String(value))
        }
        return true
    }
}
