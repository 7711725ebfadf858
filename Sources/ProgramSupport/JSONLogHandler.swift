// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
public import Logging
import Synchronization
import TalerWire

/// Writes each line of log as one JSON object: `time` (RFC 3339, UTC), `level`, `label`, `message`, and the metadata as further members.
/// Numbers stay numbers.
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let write: @Sendable ([UInt8]) -> Void
    /// Lines of different threads do not mix.
    private static let turn = Mutex(())

    /// - Parameter write: gets a whole line at a time, with its end; standard error by default.
    public init(
        label: String, level: Logger.Level = .info, provider: Logger.MetadataProvider? = nil,
        write: (@Sendable ([UInt8]) -> Void)? = nil
    ) {
        self.label = label
        logLevel = level
        metadataProvider = provider
        self.write =
            write ?? { line in Self.turn.withLock { _ in try? FileHandle.standardError.write(contentsOf: Data(line)) } }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var object: JSONObject = [
            "time": .string(Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))),
            "level": .string(event.level.rawValue),
            "label": .string(label), "message": .string("\(event.message)"),
        ]
        let all = (metadataProvider?.get() ?? [:]).merging(metadata) { $1 }.merging(event.metadata ?? [:]) { $1 }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) where object[name] == nil { object[name] = Self.json(value) }
        if let error = event.error { object["error"] = .string("\(error)") }
        write(JSONValue.object(object).serialized() + [0x0A])
    }

    private static func json(_ value: Logger.MetadataValue) -> JSONValue {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value as Int): .integer(Int64(value))
        case .stringConvertible(let value as Double) where value.isFinite: .number("\(value)")
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(json))
        case .dictionary(let members):
            .object(members.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = json($1.value) })
        }
    }
}
