// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
public import HTTPCore
public import TalerWire

/// Gets an exchange's `/keys` over the network and verifies them.
public struct KeysFetcher: Sendable {
    private let sender: any Sender
    private let clock: any WallClock
    private let currency: Currency
    private let auditors: [AuditorPublicKey: String]

    /// - Parameter auditors: key to name.
    public init(sender: any Sender, clock: any WallClock, currency: Currency, auditors: [AuditorPublicKey: String] = [:]) {
        self.sender = sender
        self.clock = clock
        self.currency = currency
        self.auditors = auditors
    }

    /// What was fetched.
    public struct Fetched: Sendable {
        public let keys: VerifiedKeys
        /// The answer's text, to be kept.
        public let text: [UInt8]
    }

    /// - Parameters:
    ///   - baseURL: ends in a slash.
    ///   - master: the key that the owner configured.
    /// - Throws: ``KeysError``.
    public func fetch(_ baseURL: String, master: MasterPublicKey) async throws(KeysError) -> Fetched {
        let response: Response
        do { response = try await sender.send(ExchangeRequests(baseURL: baseURL).keys) } catch {
            switch error {
            case .notSent(let reason), .noAnswer(let reason): throw .unreachable(reason)
            case .timedOut: throw .unreachable("no answer in time")
            }
        }
        guard response.status == 200 else { throw .status(response.status) }
        return Fetched(keys: try verify(response.body, master: master), text: response.body)
    }

    /// Verifies a text that was kept.
    /// - Throws: ``KeysError``.
    public func verify(_ text: [UInt8], master: MasterPublicKey) throws(KeysError) -> VerifiedKeys {
        let message: ExchangeKeysResponse
        do { message = try JSONParser.parse(text, duplicates: .keepLast).decode() } catch { throw .malformed("\(error)") }
        return try VerifiedKeys(verifying: message, master: master, currency: currency, auditors: auditors, now: clock.now())
    }
}
