// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Which names accounts may have: the rule of the 2019 bank's user names, in ASCII.
enum AccountName {
    /// 1 to 150 letters, digits and `@.+-_`, not dots alone (such a path segment would mean another folder).
    static func isValid(_ name: String) -> Bool {
        (1...150).contains(name.utf8.count) && !name.utf8.allSatisfy { $0 == UInt8(ascii: ".") }
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || "@.+-_".utf8.contains(byte)
            }
    }
}
