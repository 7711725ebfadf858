// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser

/// The shop that buyers see.
@main
struct MerchantFrontend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merchant-frontend", abstract: "A shop whose customers pay with GNU Taler.",
        subcommands: [ServeCommand.self, CheckCommand.self, RoutesCommand.self])
}
