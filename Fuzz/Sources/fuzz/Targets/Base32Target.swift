// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// Bytes survive; texts become canonical once and stay so; fixed lengths are kept.
enum Base32Target {
    static func run(_ input: [UInt8]) {
        let text = Base32.encode(input)
        require((try? Base32.decode(text)) == input, "bytes and back")
        require((try? Base32.decode(text, byteCount: input.count)) == input, "bytes and back at their length")
        require((try? Base32.decode(text.lowercased())) == input, "lower case reads alike")

        guard let foreign = String(validating: input, as: UTF8.self) else { return }
        if let bytes = try? Base32.decode(foreign) {
            require(bytes.count == foreign.utf8.count * 5 / 8, "as many bytes as the characters hold")
            require((try? Base32.decode(Base32.encode(bytes))) == bytes, "canonical text reads back")
        }
        check(foreign, as: CoinPublicKey.self)
        check(foreign, as: EdDSASignature.self)
        check(foreign, as: ContractHash.self)
        check(foreign, as: WireSalt.self)
    }

    private static func check<Bytes: FixedBytes>(_ text: String, as type: Bytes.Type) {
        guard let value = try? Bytes(base32: text) else { return }
        require(value.bytes.count == Bytes.byteCount, "the length of the type")
        require((try? Bytes(base32: value.base32)) == value, "reads back")
        require((try? Bytes(json: value.json)) == value, "reads back as JSON")
    }
}
