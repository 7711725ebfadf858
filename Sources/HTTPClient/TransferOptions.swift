// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What is the same for all transfers of a sender.
struct TransferOptions: Sendable {
    let unixSocket: String?
    let connectTimeout: Duration
}

extension Duration {
    /// At least 1: 0 would mean no limit to the library. At most some thirty years.
    var milliseconds: Int { Int(min(max(1, self / .milliseconds(1)), 1e12)) }
}
