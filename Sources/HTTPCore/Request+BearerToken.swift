// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension Request {
    /// What stands behind `Bearer` in the field `Authorization` (RFC 6750); nil when it is not there.
    public var bearerToken: [UInt8]? {
        guard let parts = fields["Authorization"]?.split(separator: " ", maxSplits: 1), parts.count == 2,
            parts[0].lowercased() == "bearer"
        else { return nil }
        return Array(parts[1].utf8)
    }
}
