// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser

/// `merchant-backend token`
struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the bearer token that frontends need, and makes it at the first call.")

    @OptionGroup var option: ConfigurationOption

    func run() throws { print(try Secrets.token(at: MerchantSettings(option.load()).tokenFile)) }
}
