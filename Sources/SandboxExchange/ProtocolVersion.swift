// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The exchange protocol that is served.
enum ProtocolVersion {
    /// `current:revision:age`.
    static let text = "23:0:6"
}
