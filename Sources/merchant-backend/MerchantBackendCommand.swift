// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Foundation

@main
struct MerchantBackendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merchant-backend",
        abstract: "Keeps a merchant's key, signs contracts, takes deposit permissions to the exchange, and remembers every payment.",
        subcommands: [
            Serve.self, Doctor.self, OrderCommand.self, Keys.self, Token.self, Backup.self, Restore.self, Export.self, Routes.self,
        ])

    /// Whatever a command makes is closed to others from its first moment: the database, a backup with the key, what is exported.
    static func main() async {
        _ = umask(0o077)
        await main(nil)
    }
}
