// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What is wrong in a configuration, and where: `shop.conf:12: [merchant] PORT: …`.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// The file as it was named to the program; empty for a configuration made of text without a file.
    public var file: String
    /// Counted from 1; nil when the complaint is of something that is not there.
    public var line: Int?
    public var section: String?
    public var key: String?
    public var reason: String

    public init(file: String, line: Int? = nil, section: String? = nil, key: String? = nil, reason: String) {
        self.file = file
        self.line = line
        self.section = section
        self.key = key
        self.reason = reason
    }

    public var description: String {
        let place = file + (line.map { ":\($0)" } ?? "")
        let option = [section.map { "[\($0)]" }, key].compactMap(\.self).joined(separator: " ")
        return [place, option, reason].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
