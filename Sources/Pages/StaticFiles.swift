// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
public import HTTPCore
import TalerWire

/// The files of one folder, without its subfolders, held in memory. What a request names is looked up in this table and never becomes a
/// path, so no request can reach another file.
public struct StaticFiles: Sendable {
    private var files: [String: File]

    private struct File: Sendable {
        let body: [UInt8]
        let type: String
        let tag: String

        init(_ name: String, path: String) throws(TemplateError) {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw TemplateError(file: path, reason: "the file cannot be read")
            }
            body = Array(data)
            type = ContentType.of(fileName: name)
            tag = "\"\(StaticFiles.fingerprint(body))\""
        }
    }

    /// Reads every regular file whose name does not begin with a dot.
    /// - Throws: ``TemplateError`` naming what cannot be read.
    public init(folder: String) throws(TemplateError) {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            throw TemplateError(file: folder, reason: "the folder cannot be read")
        }
        var files: [String: File] = [:]
        for name in names where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard attributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            files[name] = try File(name, path: path)
        }
        self.files = files
    }

    /// No file at all, to be filled one by one.
    public init() { files = [:] }

    /// Reads a file of the folder, for the first time or again.
    /// - Throws: ``TemplateError`` when it cannot be read.
    public mutating func read(_ name: String, in folder: String) throws(TemplateError) {
        files[name] = try File(name, path: "\(folder)/\(name)")
    }

    public mutating func remove(_ name: String) { files[name] = nil }

    /// Sorted names.
    public var names: [String] { files.keys.sorted() }

    /// The bytes of a file.
    public func contents(_ name: String) -> [UInt8]? { files[name]?.body }

    /// The file as an answer, or 304 when the browser has it.
    /// - Throws: 404 / 21 for a name that is not in the folder.
    public func answer(_ name: String, to request: Request) throws(APIError) -> Response {
        guard let file = files[name] else { throw APIError(.genericEndpointUnknown, hint: "There is no such file.") }
        var response = Response(status: 200, type: file.type, body: file.body)
        response.fields["ETag"] = file.tag
        response.fields["Cache-Control"] = "no-cache"
        if request.fields["If-None-Match"] == file.tag {
            response.status = 304
            response.body = []
        }
        return response
    }

    /// FNV-1a: tells versions of a file apart, protects nothing.
    private static func fingerprint(_ data: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in data { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
