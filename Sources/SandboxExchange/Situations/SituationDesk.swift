// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// Takes orders for situations.
struct SituationDesk: Sendable {
    let situations: Situations
    let keys: KeyRing
    let payouts: PayoutLoop
    let clock: any WallClock

    /// - Throws: 400 / 26, 409 / 26.
    func set(_ form: Query) async throws -> Situation {
        let order = try SituationOrder(form)
        var end: Timestamp?
        if order.name.endsByItself {
            let now = clock.now()
            let last = now.advanced(bySeconds: order.seconds)
            try await keys.reload()
            guard keys.table.hasSigner(endingIn: now.advanced(bySeconds: 1)..<last.advanced(bySeconds: 1)) else {
                throw APIError(
                    .genericParameterMalformed,
                    hint: "No key ends so soon. The offline key makes one: sandbox exchange situation set \(order.name.rawValue)",
                    status: 409)
            }
            end = last
        }
        let situation = try situations.set(order, until: end)
        payouts.wake()
        return situation
    }

    /// By `id` or `name`, all without one of them.
    /// - Returns: how many.
    /// - Throws: 400 / 26.
    func clear(_ form: Query) throws(APIError) -> Int {
        defer { payouts.wake() }
        if let text = form["id"] {
            guard let id = Int(text) else { throw APIError(.genericParameterMalformed, hint: "A number is needed.", detail: "id") }
            return situations.clear { $0.id == id }
        }
        if let text = form["name"] {
            guard let name = SituationName(rawValue: text) else {
                throw APIError(.genericParameterMalformed, hint: "There is no such situation.", detail: "name")
            }
            return situations.clear { $0.name == name }
        }
        return situations.clear()
    }
}
