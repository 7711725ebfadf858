// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import Foundation
import HTTPServer
import Pages
import ProgramSupport
import ShopCatalog
import ShopFrontend
import ShopOffice

/// Looks at everything that `serve` would read, and says what is wrong with it.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check configuration, catalog, templates and texts; complaints name file and line.")

    @Option(name: .shortAndLong, help: "The configuration file.")
    var config: String

    func run() throws {
        var complaints: [String] = []
        func attempt<Found>(_ look: () throws -> Found) -> Found? {
            do { return try look() } catch {
                complaints.append("\(error)")
                return nil
            }
        }
        let configuration = attempt { try Configuration.load(config) }
        let frontend = configuration.flatMap { configuration in attempt { try FrontendConfiguration(configuration) } }
        if let configuration, let frontend {
            _ = attempt { try ServerAddress(frontend.section) }
            for key in ["DB", "SECRET_FILE", "BACKEND_TOKEN_FILE"] { _ = attempt { try frontend.section.path(key) } }
            let catalog = attempt { try Catalog(folder: frontend.catalog, rules: frontend.catalogRules) }
            _ = attempt { try Shop.templates(folder: frontend.templates, texts: try frontend.texts()) }
            let files = attempt { try StaticFiles(folder: frontend.staticFiles) }
            let soFar = complaints.count
            if let office = attempt({ try OfficeConfiguration.read(configuration, frontend) }) ?? nil {
                _ = attempt { try Office.templates(folder: office.templates) }
                _ = attempt { try StaticFiles(folder: office.staticFiles) }
            }
            // Of a section that could not be read to its end nobody has asked for all keys.
            if complaints.count == soFar {
                for key in configuration.unusedKeys() { say("\(key): nobody reads this key") }
            }
            if complaints.isEmpty, let catalog, let files {
                let pictures = catalog.pictures.names.count
                print("\(catalog.products.count) products, \(pictures) pictures, \(files.names.count) static files: all right")
            }
        }
        for complaint in complaints { say(complaint) }
        if !complaints.isEmpty { throw ExitCode.failure }
    }

    /// A line of its own, without a word before it, so that all look alike and editors find the place.
    private func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}
