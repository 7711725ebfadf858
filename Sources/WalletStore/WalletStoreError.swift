// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why the wallet's database did not do what was asked.
public enum WalletStoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It could not be opened, read or written.
    case database(String)
    /// What it holds is not what this program wrote.
    case corrupt(String)
    /// Another process has it open.
    case inUse(String)
    /// Coins that were chosen are not free any more, or the contract has a payment already.
    case conflict(String)

    public var description: String {
        switch self {
        case .database(let reason): "the wallet's database: \(reason)"
        case .corrupt(let what): "the wallet's database is damaged: \(what)"
        case .inUse(let path): "the wallet \(path) is in use by another process"
        case .conflict(let what): "the wallet has changed in the meantime: \(what)"
        }
    }
}
