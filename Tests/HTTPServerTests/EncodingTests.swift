// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import HTTPServer
import TalerWire
import Testing

struct EncodingTests {
    /// "inflate me: " and 2000 times "a".
    private static let forms = [
        ("deflate", "78dacbcc4bcb492c4955c84db552481c05a360148c8251300a46c19007003408fa1e"),
        ("deflate", "cbcc4bcb492c4955c84db552481c05a360148c8251300a46c1900700"),
        ("gzip", "1f8b0800000000000203cbcc4bcb492c4955c84db552481c05a360148c8251300a46c19007000c0c27e4dc070000"),
        ("X-GZIP", "1f8b0800000000000203cbcc4bcb492c4955c84db552481c05a360148c8251300a46c19007000c0c27e4dc070000"),
    ]

    private func post(_ body: [UInt8], _ encoding: String, by client: any Sender, to base: String) async throws -> Response {
        try await client.send(OutgoingRequest(.post, base + "/", fields: ["Content-Encoding": encoding], body: body))
    }

    @Test(arguments: forms) func aCompressedBodyArrivesInflated(_ encoding: String, _ body: String) async throws {
        try await withServer { _, client, base in
            let answer = try await post(hex(body), encoding, by: client, to: base)
            #expect(try answer.json()["bytes"] == 2012)
            #expect(try answer.json()["body"]?.stringValue?.hasPrefix("inflate me: aaa") == true)
        }
    }

    @Test(arguments: forms) func aCutBodyIsRefused(_ encoding: String, _ body: String) async throws {
        try await withServer { _, client, base in
            let bytes = hex(body)
            // The gzip form ends in 8 bytes of checks, the zlib form in 4, the bare one in none.
            for cut in [1, 9, bytes.count] {
                let answer = try await post(Array(bytes.dropLast(cut)), encoding, by: client, to: base)
                #expect(answer.status == 400, "\(cut) bytes")
                #expect(try answer.json()["code"] == 28)
            }
        }
    }

    @Test(arguments: forms) func aBodyWithMoreBehindItIsRefused(_ encoding: String, _ body: String) async throws {
        try await withServer { _, client, base in
            let answer = try await post(hex(body) + [0], encoding, by: client, to: base)
            #expect(try answer.json()["code"] == 28)
        }
    }

    @Test(arguments: ["deflate", "gzip"]) func whatIsNotCompressedIsRefused(_ encoding: String) async throws {
        try await withServer { _, client, base in
            let answer = try await post(Array("{\"a\": 1}".utf8), encoding, by: client, to: base)
            #expect(try answer.json()["code"] == 28)
        }
    }

    @Test(arguments: ["br", "gzip, deflate", "zstd"]) func otherEncodingsAreRefused(_ encoding: String) async throws {
        try await withServer { _, client, base in
            let answer = try await post([1, 2, 3], encoding, by: client, to: base)
            #expect(answer.status == 400)
            #expect(try answer.json()["code"] == 28)
        }
    }

    @Test func identityIsNoEncoding() async throws {
        try await withServer { _, client, base in
            let answer = try await post([0x61], "identity", by: client, to: base)
            #expect(try answer.json()["body"] == "a")
        }
    }

    @Test func theLimitOfInflatedBytesIsExact() async throws {
        for (limit, status) in [(2012, 200), (2011, 413)] {
            var limits = ServerLimits()
            limits.inflatedBytes = limit
            try await withServer(limits: limits) { _, client, base in
                let answer = try await post(hex(Self.forms[0].1), "deflate", by: client, to: base)
                #expect(answer.status == status)
            }
        }
    }

    /// 900 KiB that would inflate to 900 MiB.
    @Test func aBodyThatInflatesWithoutEndIsRefused() async throws {
        let megabyte = hex("ecc13101000000c2a0f54f6d085fa0") + [UInt8](repeating: 0, count: 1016) + hex("3e030000ffff")
        let bomb = Array([[UInt8]](repeating: megabyte, count: 900).joined()) + [3, 0]
        try await withServer { _, client, base in
            let answer = try await post(bomb, "deflate", by: client, to: base)
            #expect(answer.status == 413)
            #expect(try answer.json()["code"] == 32)
            #expect(try await client.send(OutgoingRequest(.get, base + "/")).status == 200)
        }
    }
}

/// Bytes from pairs of hexadecimal digits.
func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}
