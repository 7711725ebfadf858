// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
import TalerWire
import WebSession

/// Who is logged in. It is known to the process alone: its end, and so a change of the token, ends every session.
final class OfficeSessions: Sendable {
    /// Seconds without a request after which a session is over.
    static let idleTime: Int64 = 8 * 3600
    /// Beyond it the session that was idle longest ends.
    static let maximumCount = 200

    private let lastUses = Mutex<[String: Timestamp]>([:])

    /// - Returns: the name of a new session, which nobody can guess.
    func begin(at now: Timestamp) -> String {
        let name = SessionCookie.newSession()
        lastUses.withLock { uses in
            uses = uses.filter { Self.isLive($0.value, now) }
            while uses.count >= Self.maximumCount, let oldest = uses.min(by: { $0.value < $1.value }) { uses[oldest.key] = nil }
            uses[name] = now
        }
        return name
    }

    /// Whether the session is open. A session that is looked at is in use.
    func isOpen(_ name: String, at now: Timestamp) -> Bool {
        lastUses.withLock { uses in
            guard let last = uses[name] else { return false }
            guard Self.isLive(last, now) else {
                uses[name] = nil
                return false
            }
            uses[name] = max(last, now)
            return true
        }
    }

    func end(_ name: String) { lastUses.withLock { $0[name] = nil } }

    private static func isLive(_ last: Timestamp, _ now: Timestamp) -> Bool { last.advanced(bySeconds: idleTime) > now }
}
