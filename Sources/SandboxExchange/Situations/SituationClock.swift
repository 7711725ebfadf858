// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// The exchange's clock, as wrong as it is wanted.
struct SituationClock: WallClock {
    let base: any WallClock
    let situations: Situations

    func now() -> Timestamp {
        let offset = SituationEffects.current?.clockOffset ?? situations.clockOffset
        return base.now().advanced(bySeconds: offset)
    }
}
