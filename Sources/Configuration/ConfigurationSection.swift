// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// The options of one section, read with their types. Every complaint names file and line.
///
/// A getter without a default demands the key; an empty value counts as missing.
public struct ConfigurationSection: Sendable {
    /// As the file writes it.
    public let name: String
    let contents: Configuration.SectionContents?
    let configuration: Configuration

    /// True when the key is there with a value.
    public func has(_ key: String) -> Bool { entry(key) != nil }

    /// A complaint about that key, with its place: for rules that only the program knows.
    public func error(_ key: String, _ reason: String) -> ConfigurationError {
        let entry = contents?.entries[key.uppercased()]
        return ConfigurationError(
            file: entry?.file ?? configuration.file, line: entry?.line, section: name, key: key.uppercased(), reason: reason)
    }

    public func string(_ key: String) throws(ConfigurationError) -> String { try required(key).value }
    public func string(_ key: String, default value: String) -> String { entry(key)?.value ?? value }
    public func optionalString(_ key: String) -> String? { entry(key)?.value }

    /// A decimal number.
    public func integer(_ key: String, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int {
        guard let number = Int(try required(key).value), range.contains(number) else {
            throw error(key, "a whole number from \(range.lowerBound) to \(range.upperBound) is needed")
        }
        return number
    }

    public func integer(_ key: String, in range: ClosedRange<Int>, default value: Int) throws(ConfigurationError) -> Int {
        has(key) ? try integer(key, in: range) : value
    }

    /// `YES` or `NO`, in any case.
    public func bool(_ key: String) throws(ConfigurationError) -> Bool {
        switch try required(key).value.uppercased() {
        case "YES": return true
        case "NO": return false
        default: throw error(key, "YES or NO is needed")
        }
    }

    public func bool(_ key: String, default value: Bool) throws(ConfigurationError) -> Bool { has(key) ? try bool(key) : value }

    /// A length of time: `30 s`, `1 day`, `2 weeks 3 h`, `forever`. A month is 30 days, a year 365.
    public func relativeTime(_ key: String) throws(ConfigurationError) -> RelativeTime {
        guard let time = RelativeTime(configurationText: try required(key).value) else {
            throw error(key, "a length of time like \"30 s\", \"1 day\", \"2 weeks 3 h\" is needed")
        }
        return time
    }

    public func relativeTime(_ key: String, default value: RelativeTime) throws(ConfigurationError) -> RelativeTime {
        has(key) ? try relativeTime(key) : value
    }

    /// A length of time that ends: as ``relativeTime(_:)`` without `forever`.
    public func duration(_ key: String) throws(ConfigurationError) -> Duration {
        let time = try relativeTime(key)
        guard time != .forever, let microseconds = Int64(exactly: time.microseconds) else {
            throw error(key, "it must be a length of time that ends")
        }
        return .microseconds(microseconds)
    }

    public func duration(_ key: String, default value: Duration) throws(ConfigurationError) -> Duration {
        has(key) ? try duration(key) : value
    }

    public func currency(_ key: String) throws(ConfigurationError) -> Currency {
        let text = try required(key).value
        do { return try Currency(text) } catch { throw self.error(key, "\(error)") }
    }

    /// An amount as text, `KUDOS:1.5`.
    /// - Parameter currency: the only one that is accepted; nil for any.
    public func amount(_ key: String, currency: Currency? = nil) throws(ConfigurationError) -> Amount {
        let text = try required(key).value
        let amount: Amount
        do { amount = try Amount(text) } catch { throw self.error(key, "\(error)") }
        guard currency == nil || amount.currency == currency else {
            throw error(key, "the amount must be in \(currency?.text ?? "")")
        }
        return amount
    }

    public func amount(_ key: String, default value: Amount) throws(ConfigurationError) -> Amount {
        has(key) ? try amount(key, currency: value.currency) : value
    }

    /// A file's path: `$VAR`, `${VAR}` and `${VAR:-default}` are replaced from the section `[PATHS]`, then from the environment; what
    /// is not absolute begins at the folder of the configuration file.
    public func path(_ key: String) throws(ConfigurationError) -> String {
        let entry = try required(key)
        let paths = configuration.contents.first { $0.name.lowercased() == "paths" }
        let expanded = ConfigurationPath.expand(entry.value) { name in
            paths?.entries[name.uppercased()]?.value ?? configuration.environment[name]
        }
        switch expanded {
        case .success(let path): return ConfigurationPath.resolve(path, besideFile: entry.file)
        case .failure(let failure): throw error(key, failure.reason)
        }
    }

    public func optionalPath(_ key: String) throws(ConfigurationError) -> String? { has(key) ? try path(key) : nil }

    /// A base URL: http or https with a host, no query, no fragment, ending in a slash.
    public func baseURL(_ key: String) throws(ConfigurationError) -> String {
        let text = try required(key).value
        let rest = ["https://", "http://"].first { text.hasPrefix($0) }.map { text.dropFirst($0.count) } ?? ""
        guard let host = rest.split(separator: "/", omittingEmptySubsequences: false).first, !host.isEmpty, text.hasSuffix("/"),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("?"), !text.contains("#")
        else { throw error(key, "a base URL like https://example.com/ is needed, with its slash at the end") }
        return text
    }

    /// A key or hash in base32.
    public func bytes<Bytes: FixedBytes>(_ key: String, as type: Bytes.Type = Bytes.self) throws(ConfigurationError) -> Bytes {
        let text = try required(key).value
        do { return try Bytes(base32: text) } catch { throw self.error(key, "\(error)") }
    }

    private func entry(_ key: String) -> ConfigurationEntry? {
        let key = key.uppercased()
        configuration.usage.record(section: name, key: key)
        guard let entry = contents?.entries[key], !entry.value.isEmpty else { return nil }
        return entry
    }

    private func required(_ key: String) throws(ConfigurationError) -> ConfigurationEntry {
        guard let entry = entry(key) else {
            throw error(key, "it is missing" + (contents?.entries[key.uppercased()] == nil ? guess(key) : ""))
        }
        return entry
    }

    /// A key of this section that nobody has asked for, and that looks like the one that is missing.
    private func guess(_ key: String) -> String {
        let asked = configuration.usage.all[name.lowercased()] ?? []
        guard let contents, let near = Misspelling.nearest(to: key, in: contents.order.filter { !asked.contains($0) }),
            let entry = contents.entries[near]
        else { return "" }
        return "; is \(near) in line \(entry.line) a misspelling of it?"
    }
}
