// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import Pages
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
        let configuration = try Configuration.load(config)
        let frontend = try FrontendConfiguration(configuration)
        let catalog = try Catalog(folder: frontend.catalog, rules: frontend.catalogRules)
        _ = try Shop.templates(folder: frontend.templates, texts: try frontend.texts())
        let files = try StaticFiles(folder: frontend.staticFiles)
        if let office = try OfficeConfiguration.read(configuration, frontend) {
            _ = try Office.templates(folder: office.templates)
            _ = try StaticFiles(folder: office.staticFiles)
        }
        print("\(catalog.products.count) products, \(catalog.pictures.names.count) pictures, \(files.names.count) static files: all right")
    }
}
