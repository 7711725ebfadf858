// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import HTTPCore
import ProgramSupport
import SandboxExchange
import TalerWire

/// `sandbox exchange situation`
struct SituationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "situation", abstract: "Makes the serving exchange do wrong, so that a shop can be tried in it.",
        discussion:
            "The exchange must have been started with `sandbox exchange serve --situations`. The same can be done on its page /situations.",
        subcommands: [ListSituations.self, SetSituation.self, ClearSituations.self], defaultSubcommand: ListSituations.self)
}

/// `sandbox exchange situation list`
struct ListSituations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Shows what holds now.")

    @OptionGroup var option: ConfigurationOption
    @Flag(help: "Shows what there is to be set instead.")
    var available = false

    func run() async throws {
        guard !available else {
            for name in SituationName.allCases { print("\(name.rawValue)\n    \(name.title). \(name.effect)") }
            return
        }
        try await SituationClient.use(option) { client in
            let list = try await client.list()
            print("situations are switched on at \(client.baseURL)")
            if list.situations.isEmpty { print("none holds: the exchange does what it should") }
            for situation in list.situations { print("\(situation.id)  \(situation.text)") }
        }
    }
}

/// `sandbox exchange situation set`
struct SetSituation: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Brings a situation about, from the next request on.",
        discussion: "\(SituationName.keysExpiring.rawValue) reads MASTER_KEY_FILE and puts new keys into the exchange's database.")

    @OptionGroup var option: ConfigurationOption
    @Argument(help: "One of: \(SituationName.allCases.map(\.rawValue).joined(separator: ", ")).")
    var name: String
    @Option(help: "How many requests meet it; all until it is cleared, if left out.")
    var count: Int?
    @Option(help: "Only these requests: \(SituationEndpoint.allCases.map(\.rawValue).joined(separator: ", ")). May be repeated.")
    var endpoint: [String] = []
    @Option(help: "Only requests that name this account: a payto URI or an h_payto.")
    var account: String?
    @Option(help: "Only requests that name this merchant's public key.")
    var merchant: String?
    @Option(help: "How long, how late, by how much: 5s, 2m, 3h, 1d; with a minus sign --time=-1d.")
    var time: String?
    @Option(help: "Of failing: 500, 502, 503, 504, 408, 429; of moved: 307, 308.")
    var status: Int?
    @Option(help: "An address elsewhere.")
    var to: String?
    @Flag(help: "Requests are carried out all the same: only their answers are lost.")
    var carriedOut = false

    func run() async throws {
        let order = try self.order()
        try await SituationClient.use(option) { client in
            // First, so that nothing is made for an exchange where it has no use.
            _ = try await client.list()
            if order.name == .keysExpiring { try await makeKeys(order) }
            print("set: \(try await client.set(order).text)")
        }
    }

    private func order() throws -> SituationOrder {
        var pairs: [(String, String?)] = [
            ("name", name), ("count", count.map(String.init)), ("account", account), ("merchant", merchant), ("time", time),
            ("status", status.map(String.init)), ("to", to), ("carried-out", carriedOut ? "1" : nil),
        ]
        pairs += endpoint.map { ("endpoint", $0) }
        let text = SituationClient.form(pairs.compactMap { pair in pair.1.map { (pair.0, $0) } })
        do { return try SituationOrder(Query(encoded: text) ?? Query()) } catch {
            throw ValidationError("\(error.detail.map { "\($0): " } ?? "")\(error.hint)")
        }
    }

    private func makeKeys(_ order: SituationOrder) async throws {
        let settings = try ExchangeConfiguration(Configuration.load(option.file).section("exchange"))
        _ = try await ExchangeSetup.addExpiring(after: order.seconds, settings, clock: SystemWallClock()) { print("  \($0)") }
    }
}

/// `sandbox exchange situation clear`
struct ClearSituations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear", abstract: "Ends situations: all, or one.",
        discussion:
            "\(SituationName.keysExpiring.rawValue) cannot be cleared: it ends by itself. Ends with 1 when what is named does not hold.")

    @OptionGroup var option: ConfigurationOption
    @Argument(help: "A name, or a number of the list; all if left out.")
    var which: String?

    func run() async throws {
        let field = which.map { (Int($0) == nil ? "name" : "id", $0) }
        if case ("name", let name)? = field, SituationName(rawValue: name) == nil {
            throw ValidationError(SituationOrder.unknownName.hint)
        }
        try await SituationClient.use(option) { client in
            let change = try await client.clear(field)
            print(change.text)
            if which != nil, change.count == 0 { throw ExitCode(1) }
        }
    }
}
