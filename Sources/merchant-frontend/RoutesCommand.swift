// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import ShopFrontend

/// Lists the addresses that the shop answers at.
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "routes", abstract: "List the addresses that the shop answers at.")

    func run() throws {
        for route in Shop.routes { print(route) }
    }
}
