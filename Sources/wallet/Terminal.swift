// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Foundation

/// Lines for the owner, each written at once.
enum Terminal {
    static func say(_ line: String) { write(line + "\n") }
    static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
    static func complain(_ line: String) { FileHandle.standardError.write(Data("wallet: \(line)\n".utf8)) }

    /// Standard output is a terminal.
    static var showsOutput: Bool { isatty(STDOUT_FILENO) == 1 }
    /// There is somebody to ask.
    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && showsOutput }

    /// True when the answer begins with a y.
    static func ask(_ question: String) -> Bool {
        write("\(question) [y/N] ")
        return readLine()?.drop { $0 == " " }.lowercased().hasPrefix("y") ?? false
    }

    /// Runs a command's work; what goes wrong is told in words, and ends the program with 1.
    static func run(_ work: () async throws -> Void) async throws {
        do { try await work() } catch let code as ExitCode { throw code } catch {
            complain("\(error)")
            throw ExitCode.failure
        }
    }
}
