// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Configuration
public import HTTPServer

extension ServerAddress {
    /// Reads `SERVE = tcp` with `BIND_TO` (127.0.0.1) and `PORT`, or `SERVE = unix` with `UNIXPATH` and `UNIXPATH_MODE` (660).
    /// - Throws: `ConfigurationError` with file and line.
    public init(_ section: ConfigurationSection) throws(ConfigurationError) {
        // What belongs to the other kind of address may stand there as well: it is not misspelt.
        for key in ["BIND_TO", "PORT", "UNIXPATH", "UNIXPATH_MODE"] { _ = section.optionalString(key) }
        switch section.string("SERVE", default: "tcp").lowercased() {
        case "tcp":
            self = .tcp(
                host: section.string("BIND_TO", default: "127.0.0.1"), port: UInt16(try section.integer("PORT", in: 0...65535)))
        case "unix":
            let mode = section.string("UNIXPATH_MODE", default: "660")
            guard let bits = UInt32(mode, radix: 8), bits <= 0o777 else {
                throw section.error("UNIXPATH_MODE", "a file mode like 660 is needed")
            }
            self = .unix(path: try section.path("UNIXPATH"), mode: bits)
        default: throw section.error("SERVE", "tcp or unix is needed")
        }
    }
}
