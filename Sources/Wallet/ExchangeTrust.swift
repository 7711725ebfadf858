// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import WalletStore

/// An exchange whose keys were verified down to a master key that was given, pinned, or accepted.
struct TrustedExchange: Sendable {
    let stored: StoredExchange
    let keys: VerifiedKeys
}

/// Decides whose master key is believed. Keys are never used unverified.
struct ExchangeTrust: Sendable {
    let store: WalletStore
    let sender: any Sender
    let clock: any WallClock
    let report: @Sendable (WalletStep) -> Void

    /// - Throws: ``WalletError/exchangeNotTrusted(url:key:)`` when no key is known and none may be accepted,
    ///   ``WalletError/otherMasterKey(url:pinned:)`` when another key is given than the pinned one.
    func exchange(at url: String, currency: Currency, _ choice: ExchangeChoice) async throws -> TrustedExchange {
        let pinned = try await store.exchange(at: url)
        if let pinned, let given = choice.key, given != pinned.masterPub {
            throw WalletError.otherMasterKey(url: url, pinned: pinned.masterPub)
        }
        let master: MasterPublicKey
        if let known = pinned?.masterPub ?? choice.key {
            master = known
        } else {
            let seen = try await shownKey(at: url)
            guard choice.trustsFirstKey else { throw WalletError.exchangeNotTrusted(url: url, key: seen) }
            master = seen
        }
        let keys = try await keys(at: url, master, currency)
        let stored = try await store.pin(baseURL: url, masterPub: master, currency: currency)
        report(.exchange(url: url, key: master))
        return TrustedExchange(stored: stored, keys: keys)
    }

    /// The present keys of an exchange that is pinned.
    func keys(of exchange: StoredExchange) async throws -> VerifiedKeys {
        try await keys(at: exchange.baseURL, exchange.masterPub, exchange.currency)
    }

    private func keys(at url: String, _ master: MasterPublicKey, _ currency: Currency) async throws -> VerifiedKeys {
        let fetcher = KeysFetcher(sender: sender, clock: clock, currency: currency)
        do { return try await fetcher.fetch(url, master: master).keys } catch {
            throw WalletError.exchangeKeys(url: url, reason: "\(error)".printable)
        }
    }

    /// The master key that the exchange shows. Nobody vouches for it.
    private func shownKey(at url: String) async throws -> MasterPublicKey {
        struct Shown: Decodable { let master_public_key: MasterPublicKey }
        let response: Response
        do { response = try await sender.send(ExchangeRequests(baseURL: url).keys) } catch {
            throw WalletError.exchangeKeys(url: url, reason: error.words)
        }
        guard response.status == 200 else { throw WalletError.exchangeKeys(url: url, reason: "it answered \(response.status) to /keys") }
        do { return try response.json().decode(as: Shown.self).master_public_key } catch {
            throw WalletError.exchangeKeys(url: url, reason: "its /keys are not as they must be")
        }
    }
}

extension SendError {
    /// For people.
    var words: String {
        switch self {
        case .notSent(let reason), .noAnswer(let reason): reason.printable
        case .timedOut: "no answer in time"
        }
    }
}
