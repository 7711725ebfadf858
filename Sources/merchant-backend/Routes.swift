// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import MerchantBackend

/// `merchant-backend routes`
struct Routes: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the addresses that are served.")

    func run() throws {
        for route in MerchantService.routes { print(route) }
    }
}
