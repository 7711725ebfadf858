// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPServer

/// Something that runs until it is told to stop.
public protocol Stoppable: Sendable {
    /// Returns when it has stopped; a program gives all of them less than two seconds together.
    func stop() async
}

extension Server: Stoppable {}
