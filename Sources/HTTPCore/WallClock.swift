// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Where the date comes from.
public protocol WallClock: Sendable {
    func now() -> Timestamp
}
