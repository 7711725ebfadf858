// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why the database did not do what was asked.
public enum MerchantStoreError: Error, Equatable {
    /// It could not be opened, read or written; the text is for the log.
    case database(String)
    /// What it holds is not what this program wrote.
    case corrupt(String)
}
