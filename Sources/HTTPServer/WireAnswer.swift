// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// A response as it goes to the library: without what HTTP forbids or the library writes itself.
struct WireAnswer {
    let response: Response
    /// Told to the client as `X-Request-Id`, by which the log's lines about it are found.
    let requestID: String
    /// Says that the connection ends after this answer.
    var closes = false

    /// A status outside 200–599 would confuse the connection's state.
    var status: Int { (200...599).contains(response.status) ? response.status : 500 }

    /// RFC 9110: 204 and 304 have none. For HEAD the library leaves it out and keeps its length.
    var hasBody: Bool { status != 204 && status != 304 }

    var fields: [HTTPFields.Entry] {
        var fields = response.fields.entries.filter {
            !["content-length", "transfer-encoding", "connection", "date", "x-request-id"].contains($0.name.lowercased())
        }
        fields += HTTPFields(["X-Request-Id": requestID] as KeyValuePairs).entries
        if closes { fields += HTTPFields(["Connection": "close"] as KeyValuePairs).entries }
        return fields
    }
}
