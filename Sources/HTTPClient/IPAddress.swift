// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CCurl

/// An address of the Internet Protocol, version 4 or 6.
public struct IPAddress: Sendable, Hashable {
    /// 4 or 16.
    let bytes: [UInt8]

    /// From `127.0.0.1` or `::1`: four decimal numbers, or the text of RFC 4291 without brackets and zone.
    public init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = unsafe bytes.withUnsafeMutableBufferPointer { unsafe merchant_curl_parse_address(text, $0.baseAddress) }
        guard count > 0 else { return nil }
        self.bytes = Array(bytes.prefix(Int(count)))
    }

    /// - Returns: nil for what is no address of the Internet Protocol, a socket file for example.
    init?(_ address: UnsafePointer<curl_sockaddr>) {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = unsafe bytes.withUnsafeMutableBufferPointer { unsafe merchant_curl_address(address, $0.baseAddress) }
        guard count > 0 else { return nil }
        self.bytes = Array(bytes.prefix(Int(count)))
    }

    /// True when the address may belong to anybody's server on the internet, by IANA's registries of special addresses.
    ///
    /// Not public: loopback, private, shared (CGNAT), link-local, unique-local, multicast, documentation, benchmarking, reserved, and
    /// every way to write a version 4 address in version 6 (mapped, translated, 6to4, Teredo).
    public var isPublic: Bool {
        if bytes.count == 4 { return !Self.special4.contains { $0.covers(bytes) } }
        return Self.global6.covers(bytes) && !Self.special6.contains { $0.covers(bytes) }
    }

    /// The addresses that begin with the same bits.
    private struct Block {
        let first: [UInt8]
        let bitCount: Int

        init(_ first: [UInt8], _ bitCount: Int) {
            self.first = first
            self.bitCount = bitCount
        }

        func covers(_ address: [UInt8]) -> Bool {
            (0..<bitCount).allSatisfy { bit in
                let mask = UInt8(0x80) >> (bit % 8)
                let expected = bit / 8 < first.count ? first[bit / 8] : 0
                return expected & mask == address[bit / 8] & mask
            }
        }
    }

    private static let special4 = [
        Block([0], 8), Block([10], 8), Block([100, 64], 10), Block([127], 8), Block([169, 254], 16), Block([172, 16], 12),
        Block([192, 0, 0], 24), Block([192, 0, 2], 24), Block([192, 88, 99], 24), Block([192, 168], 16), Block([198, 18], 15),
        Block([198, 51, 100], 24), Block([203, 0, 113], 24), Block([224], 4), Block([240], 4),
    ]
    /// All else is loopback, local, translated or not given out.
    private static let global6 = Block([0x20], 3)
    private static let special6 = [
        // 2001::/23, protocols' own, Teredo among them; documentation; 6to4; documentation.
        Block([0x20, 0x01, 0x00], 23), Block([0x20, 0x01, 0x0D, 0xB8], 32), Block([0x20, 0x02], 16), Block([0x3F, 0xFF], 20),
    ]
}
