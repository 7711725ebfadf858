// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CZlib
import HTTPCore
import TalerWire

/// Undoes a request body's `Content-Encoding`.
enum Inflater {
    /// - Parameter encoding: the header's value: `deflate` (zlib, or the bare stream that some clients send), `gzip`, `identity`.
    /// - Throws: 413 / 32 when more than `limit` bytes come out; 400 / 28 for other encodings and for what is broken or cut.
    static func decode(_ body: [UInt8], encoding: String, limit: Int) throws(APIError) -> [UInt8] {
        switch encoding.lowercased().filter({ $0 != " " && $0 != "\t" }) {
        case "", "identity": return body
        case "deflate": return try inflate(body, windowBits: isZlib(body) ? 15 : -15, limit: limit)
        case "gzip", "x-gzip": return try inflate(body, windowBits: 15 + 16, limit: limit)
        default:
            throw APIError(
                .genericCompressionInvalid, hint: "Bodies may be encoded with deflate or gzip only.",
                fields: ["Accept-Encoding": "deflate, gzip"])
        }
    }

    /// RFC 1950: the method is 8, and the first two bytes are a multiple of 31.
    private static func isZlib(_ body: [UInt8]) -> Bool {
        body.count >= 2 && body[0] & 0x0F == 8 && (UInt16(body[0]) << 8 | UInt16(body[1])) % 31 == 0
    }

    private static func inflate(_ body: [UInt8], windowBits: Int32, limit: Int) throws(APIError) -> [UInt8] {
        let broken = APIError(.genericCompressionInvalid, hint: "The compressed body is broken or cut.")
        var stream = unsafe z_stream()
        guard unsafe merchant_inflate_init(&stream, windowBits) == Z_OK else { throw APIError(.genericAllocationFailure) }
        defer { unsafe inflateEnd(&stream) }
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        var input = body
        // zlib keeps next_in, so the input stays pinned for the whole loop; next_out is given anew in each turn.
        let code = unsafe input.withUnsafeMutableBufferPointer { source -> Int32? in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = UInt32(clamping: source.count)
            while true {
                let (code, produced) = unsafe chunk.withUnsafeMutableBufferPointer { target -> (Int32, Int) in
                    unsafe stream.next_out = target.baseAddress
                    unsafe stream.avail_out = UInt32(clamping: target.count)
                    let code = unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
                    return unsafe (code, target.count - Int(stream.avail_out))
                }
                guard output.count + produced <= limit else { return nil }
                output += chunk[..<produced]
                // Z_OK without progress cannot last: with input used up and room left zlib says Z_BUF_ERROR.
                if code != Z_OK { return code }
            }
        }
        guard let code else { throw APIError(.genericUploadExceedsLimit, hint: "The body inflates to more than \(limit) bytes.") }
        guard code == Z_STREAM_END, unsafe stream.avail_in == 0 else { throw broken }
        return output
    }
}
