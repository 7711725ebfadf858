// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// With a `last_issue_date` that is the start of a listed denomination, what begins earlier is left out; any other value, also one that
/// is no number, changes nothing.
struct GetKeys: Endpoint {
    static let route = Route(.get, "/keys")
    /// For how long a copy may be used unasked at most, in seconds.
    private static let longestFreshness: Int64 = 3600

    let keys: KeyRing
    let clock: any WallClock

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let now = clock.now()
        let known = request.query["last_issue_date"].flatMap { UInt64($0) }.flatMap { try? Timestamp(seconds: $0) }
        let document = try keys.document(at: now, from: known)
        var response = Response(type: "application/json", body: document.body)
        if request.knows(document.tag) {
            response = Response(status: 304)
        }
        response.fields["ETag"] = document.tag
        let expires = min(document.nextChange, now.advanced(bySeconds: Self.longestFreshness))
        // The field that counts where both are understood: no copy outlives the keys that are in it.
        let seconds = (expires.microseconds - now.microseconds) / 1_000_000
        response.fields["Cache-Control"] = "public,must-revalidate,max-age=\(seconds)"
        response.fields["Expires"] = HTTPDate.text(expires)
        return response
    }
}
