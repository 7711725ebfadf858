// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why the database did not do what was asked.
public enum MerchantStoreError: Error, Equatable, CustomStringConvertible {
    /// It could not be opened, read or written; the text is for the log.
    case database(String)
    /// What it holds is not what this program wrote.
    case corrupt(String)

    public var description: String {
        switch self {
        case .database(let text): "the database: \(text)"
        case .corrupt(let what): "the database holds what it cannot hold: \(what)"
        }
    }
}
