// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// Argon2id password hashes in their text form, `$argon2id$v=19$m=…`: salt and cost included.
public enum PasswordHash {
    /// How much a guess costs.
    public enum Cost: Sendable {
        /// 64 MiB and a fraction of a second, for people who log in.
        case interactive
        /// 8 KiB and hardly any time: for accounts without value, and tests.
        case minimal

        fileprivate var operations: UInt64 {
            switch self {
            case .interactive: UInt64(crypto_pwhash_opslimit_interactive())
            case .minimal: UInt64(crypto_pwhash_opslimit_min())
            }
        }
        fileprivate var memory: Int {
            switch self {
            case .interactive: crypto_pwhash_memlimit_interactive()
            case .minimal: crypto_pwhash_memlimit_min()
            }
        }
    }

    /// Blocks the thread for as long as the cost says.
    /// - Throws: ``SodiumError/outOfMemory``.
    public static func make(_ password: String, cost: Cost = .interactive) throws(SodiumError) -> String {
        Library.start()
        let password = Array(password.utf8).map { CChar(bitPattern: $0) }
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_strbytes()))
        guard unsafe crypto_pwhash_str(&text, password, UInt64(password.count), cost.operations, cost.memory) == 0 else {
            throw .outOfMemory
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// False for a wrong password and for a text that is no hash. Blocks the thread as ``make(_:cost:)`` does.
    public static func isValid(_ password: String, for hash: String) -> Bool {
        let text = Array(hash.utf8).map { CChar(bitPattern: $0) }
        guard text.count < Int(crypto_pwhash_strbytes()), !text.contains(0) else { return false }
        Library.start()
        let password = Array(password.utf8).map { CChar(bitPattern: $0) }
        // The function reads a text that ends in NUL.
        return unsafe crypto_pwhash_str_verify(text + [0], password, UInt64(password.count)) == 0
    }
}
