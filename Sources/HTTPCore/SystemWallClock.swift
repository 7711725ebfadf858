// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
public import TalerWire

/// The machine's clock, in whole seconds.
public struct SystemWallClock: WallClock {
    public init() {}

    public func now() -> Timestamp {
        (try? Timestamp(seconds: UInt64(max(0, Date().timeIntervalSince1970)))) ?? .zero
    }
}
