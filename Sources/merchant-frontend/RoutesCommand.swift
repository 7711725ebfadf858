// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import ShopFrontend
import ShopOffice

/// Lists the addresses that the shop answers at.
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "routes", abstract: "List the addresses that the shop answers at.")

    @Flag(help: "Those of the back office.")
    var office = false

    func run() throws {
        for route in office ? Office.routes : Shop.routes { print(route) }
    }
}
