// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire

/// The subject of a transfer to the exchange.
enum WireSubject {
    /// Whether a word of it is a public key, or `KYC:` and one: base32 of 32 bytes.
    static func hasKey(_ subject: String) -> Bool {
        subject.split(whereSeparator: \.isWhitespace).contains { word in
            let text = word.hasPrefix("KYC:") ? word.dropFirst(4) : word
            return (try? ReservePublicKey(base32: text)) != nil
        }
    }
}
