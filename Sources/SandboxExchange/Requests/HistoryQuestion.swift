// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

extension Request {
    /// The query's `start`: entries up to this number are known to the caller; 0 when it is missing.
    /// - Throws: 400 / 26.
    func historyStart() throws(APIError) -> UInt64 {
        guard let text = query["start"] else { return 0 }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let start = UInt64(text) else {
            throw APIError(.genericParameterMalformed, detail: "start")
        }
        return start
    }

    /// 304 when the caller has this state of the history, 204 when nothing follows its `start`.
    /// - Parameter lastNumber: of the last entry there is.
    func historyAnswer(_ message: some Encodable, lastNumber: UInt64, isEmpty: Bool) throws(APIError) -> Response {
        let tag = "\"\(lastNumber)\""
        var response = Response(status: 304)
        if !knows(tag) { response = isEmpty ? .noContent : try .json(message) }
        response.fields["ETag"] = tag
        response.fields["Cache-Control"] = "no-cache"
        return response
    }
}
