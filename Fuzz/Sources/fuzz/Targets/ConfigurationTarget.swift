// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Configuration
import TalerWire

/// Every getter on every key of a few sections: an answer, or a complaint that names its place.
enum ConfigurationTarget {
    static func run(_ input: [UInt8]) {
        guard let text = String(validating: input, as: UTF8.self) else { return }
        // Including reads files: that is not what is tried here.
        guard !text.lowercased().contains("@inline@") else { return }
        let configuration: Configuration
        do { configuration = try Configuration.parse(text, file: "fuzz.conf", environment: ["HOME": "/root"]) } catch {
            require(error.file == "fuzz.conf" && error.line != nil && !error.reason.isEmpty, "a complaint has a place and a reason")
            return
        }
        require(configuration.unusedKeys().isEmpty, "nothing was asked for yet")
        for name in ["merchant", "paths"]
            + configuration.sections(prefix: "merchant-exchange-").prefix(8).map({ "merchant-exchange-" + $0 })
        {
            let section = configuration.section(name)
            for key in ["A", "B", "PORT"] { read(section, key) }
        }
    }

    private static func read(_ section: ConfigurationSection, _ key: String) {
        let getters: [() throws -> Void] = [
            { _ = try section.integer(key, in: 0...65535) },
            { _ = try section.bool(key) },
            { _ = try section.duration(key) },
            { _ = try section.currency(key) },
            { _ = try section.path(key) },
            { _ = try section.baseURL(key) },
            { _ = try section.bytes(key, as: MasterPublicKey.self) },
            {
                let amount = try section.amount(key)
                require((try? Amount(amount.description)) == amount, "an amount reads back")
            },
        ]
        for getter in getters {
            do {
                try getter()
                require(section.has(key), "only what is there has a value")
            } catch let error as ConfigurationError {
                require(error.key == key && !error.reason.isEmpty, "a complaint names its key")
            } catch { fatalError("another kind of error: \(error)") }
        }
    }
}
