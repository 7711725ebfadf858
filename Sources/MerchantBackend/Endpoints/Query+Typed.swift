// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

extension Query {
    /// - Throws: 400 / 25.
    func required(_ name: String) throws(APIError) -> String {
        guard let text = self[name] else {
            throw APIError(.genericParameterMissing, hint: "The parameter \(name) is missing.", detail: name)
        }
        return text
    }

    /// A whole number.
    /// - Throws: 400 / 25, 400 / 26.
    func integer(_ name: String, in range: ClosedRange<Int64>) throws(APIError) -> Int64 {
        guard let number = Int64(try required(name)), range.contains(number) else { throw malformed(name) }
        return number
    }
}
