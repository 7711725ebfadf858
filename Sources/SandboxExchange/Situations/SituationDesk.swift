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

    /// Those that have not ended by themselves.
    var holding: [Situation] {
        let now = clock.now()
        return situations.active.filter { $0.end.map { now < $0 } ?? true }
    }

    /// By `id` or `name`, all without one of them; what ends by itself goes on until then.
    /// - Throws: 400 / 26.
    func clear(_ form: Query) throws(APIError) -> SituationChange {
        if let text = form["id"] {
            guard let id = Int(text) else { throw APIError(.genericParameterMalformed, hint: "A number is needed.", detail: "id") }
            return clear(isOne: true) { $0.id == id }
        }
        if let text = form["name"] {
            guard let name = SituationName(rawValue: text) else { throw SituationOrder.unknownName }
            return clear(isOne: true) { $0.name == name }
        }
        return clear(isOne: false) { _ in true }
    }

    private func clear(isOne: Bool, where isMeant: (Situation) -> Bool) -> SituationChange {
        let staying = holding.filter { $0.name.endsByItself && isMeant($0) }
        let count = situations.clear { !$0.name.endsByItself && isMeant($0) }
        payouts.wake()
        var text = "\(count) cleared"
        for situation in staying { text += "; cannot be cleared: \(situation.text)" }
        if isOne, count == 0, staying.isEmpty { text += ": no such situation holds" }
        return SituationChange(text: text, id: nil, count: count)
    }
}
