// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Foundation

/// The command-line wallet.
@main
struct WalletProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallet", abstract: "A GNU Taler wallet for the command line: withdraws coins and pays shops with them.",
        subcommands: [WithdrawCommand.self, PayCommand.self, BalanceCommand.self, HistoryCommand.self, RetryCommand.self])

    /// Here too, so that they may stand before the command's name.
    @OptionGroup var options: WalletOptions
}

/// Lines for the owner, each written at once.
enum Terminal {
    static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
    static func complain(_ line: String) { FileHandle.standardError.write(Data("wallet: \(line)\n".utf8)) }

    /// Runs a command's work; what goes wrong is told in words, and ends the program with 1.
    static func run(_ work: () async throws -> Void) async throws {
        do { try await work() } catch let code as ExitCode { throw code } catch {
            complain("\(error)")
            throw ExitCode.failure
        }
    }
}
