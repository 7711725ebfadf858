// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// One `KEY = value` with the place where it stands.
struct ConfigurationEntry: Sendable {
    /// Upper case.
    let key: String
    /// Without its quotes, nothing expanded.
    let value: String
    let file: String
    let line: Int
}
