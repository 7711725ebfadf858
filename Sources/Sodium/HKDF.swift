// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// GNUnet's key derivation: HKDF (RFC 5869) with HMAC-SHA-512 to extract and HMAC-SHA-256 to expand.
public enum HKDF {
    /// The longest output: 255 blocks of 32 bytes.
    public static let maximumLength = 255 * 32

    /// - Parameter info: all context, concatenated by the caller.
    /// - Throws: ``SodiumError/length(expected:actual:)`` when `length` is above ``maximumLength`` or negative.
    public static func derive(length: Int, salt: some ByteSource, keyMaterial: some ByteSource, info: [UInt8]) throws(SodiumError)
        -> SecretBytes
    {
        guard (0...maximumLength).contains(length) else { throw .length(expected: maximumLength, actual: length) }
        let key = HMAC.secretSHA512(key: salt, message: keyMaterial)
        var blocks: [SecretBytes] = []
        for counter in 1...UInt8((max(length, 1) + 31) / 32) {
            let previous: [any ByteSource] = blocks.last.map { [$0] } ?? []
            blocks.append(HMAC.secretSHA256(key: key, previous + [info, [counter]]))
        }
        return unsafe SecretBytes(count: length) { output in
            for (index, block) in blocks.enumerated() {
                unsafe block.withUnsafePointer { source in
                    for place in 0..<min(32, length - index * 32) { unsafe output[index * 32 + place] = unsafe source[place] }
                }
            }
        }
    }
}
