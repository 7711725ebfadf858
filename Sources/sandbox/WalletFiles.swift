// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import Pages
import TalerWire

/// The folders of the browser wallet that a page may load, with their subfolders, held in memory.
struct WalletFiles: Sendable {
    /// Below the wallet's folder; nothing else of it is served (its tests are not).
    static let folders = ["core", "engine", "window", "inpage", "icons", "_locales"]

    /// By path from the wallet's folder, without a slash at the end.
    private let tables: [String: StaticFiles]

    /// - Throws: `TemplateError` naming what cannot be read. A folder that is not there has no files.
    init(folder: String) throws {
        var tables: [String: StaticFiles] = [:]
        for name in Self.folders { try Self.read(name, in: folder, into: &tables) }
        self.tables = tables
    }

    private static func read(_ path: String, in root: String, into tables: inout [String: StaticFiles]) throws {
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(root)/\(path)")
        guard attributes?[.type] as? FileAttributeType == .typeDirectory else { return }
        tables[path] = try StaticFiles(folder: "\(root)/\(path)")
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(path)") where !name.hasPrefix(".") {
            try read("\(path)/\(name)", in: root, into: &tables)
        }
    }

    /// - Parameter path: from the wallet's folder, as `core/amount.js`. It is looked up and never becomes a path of the file system.
    /// - Throws: 404 / 21 when there is no such file.
    func answer(_ path: String, to request: Request) throws -> Response {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        guard let table = tables[String(path[..<slash])] else { throw APIError(.genericEndpointUnknown, hint: "There is no such file.") }
        return try table.answer(String(path[slash...].dropFirst()), to: request)
    }
}
