// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
public import ExchangeClient
public import HTTPCore
public import MerchantStore
public import Observability
public import TalerCrypto
public import TalerWire

/// Looks at a backend's database and exchanges.
public struct FactFinder: Sendable {
    private let directory: ExchangeDirectory
    private let sender: MeasuringSender
    private let policy: FetchPolicy
    private let clock: any WallClock
    private let account: PaytoURI?
    private let grace: Int64
    private let expectsBank: Bool

    /// - Parameters:
    ///   - sender: what `directory` asks through: it knows the exchanges' clocks.
    ///   - policy: a payment may have been at an exchange that is not, or no longer, configured.
    ///   - grace: seconds after which a transfer is missing.
    ///   - expectsBank: the bank's credits are read.
    public init(
        directory: ExchangeDirectory, sender: MeasuringSender, policy: FetchPolicy, clock: any WallClock, account: PaytoURI?,
        grace: Int64 = 2 * 86_400, expectsBank: Bool = false
    ) {
        self.directory = directory
        self.sender = sender
        self.policy = policy
        self.clock = clock
        self.account = account
        self.grace = grace
        self.expectsBank = expectsBank
    }

    /// What is known of every configured exchange, without waiting for it. One that was silent when it was asked last is asked for its
    /// keys meanwhile, so that the next look finds it again.
    public func exchanges() async -> [ExchangeFacts] {
        let now = clock.now()
        var facts: [ExchangeFacts] = []
        for entry in directory.entries {
            let state = await directory.state(of: entry.baseURL)
            // Keys are good for long; whether anybody is there, the last request of any kind tells.
            let silence = sender.silence(of: entry.baseURL).map { KeysError.unreachable("\($0)") }
            if silence != nil || state.lastError != nil {
                Task { [directory] in _ = try? await directory.refresh(entry.baseURL) }
            }
            facts.append(
                ExchangeFacts(
                    baseURL: entry.baseURL, error: state.lastError ?? silence,
                    keys: state.keys.map { KeysFacts($0, account: account, now: now) },
                    clockSkew: sender.clockSkew(of: entry.baseURL)))
        }
        return facts
    }

    func figures(of store: MerchantStore) async throws(MerchantStoreError) -> StoreFigures {
        try await store.figures(now: clock.now(), grace: grace, expectsBank: expectsBank)
    }

    /// - Parameter checkingPages: reads the whole file, which takes long for a large one.
    public func database(_ store: MerchantStore, path: String, isWritable: Bool, checkingPages: Bool) async -> Facts.DatabaseState {
        do throws(MerchantStoreError) {
            switch try await store.schema() {
            case .older: return .older
            case .newer: return .newer
            case .foreign: return .unreadable(path: path, reason: "it is no merchant's database")
            case .current: break
            }
            if checkingPages {
                let damage = try await store.damage()
                guard damage.isEmpty else { return .damaged(path: path, damage) }
            }
            return .read(try await figures(of: store), keys: try store.merchantKeys(), isWritable: isWritable)
        } catch { return Self.state(of: error, path: path) }
    }

    /// What an error of the database says about it.
    public static func state(of error: MerchantStoreError, path: String) -> Facts.DatabaseState {
        switch error {
        case .corrupt(let what): return .damaged(path: path, [what])
        case .database(let text):
            // SQLITE_CORRUPT and SQLITE_NOTADB.
            let isDamage = text.contains("SQLite error 11:") || text.contains("SQLite error 26:")
            return isDamage ? .damaged(path: path, [text]) : .unreadable(path: path, reason: text)
        }
    }

    /// Asks each exchange that wants to know the account's owner what is still open.
    public func identifications(_ figures: StoreFigures, key: EdDSAPrivateKey) async -> [String: IdentificationState] {
        var states: [String: IdentificationState] = [:]
        for need in figures.identifications where states[need.exchangeURL] == nil {
            states[need.exchangeURL] = await identification(need, key: key)
        }
        return states
    }

    private func identification(_ need: StoreFigures.Identification, key: EdDSAPrivateKey) async -> IdentificationState {
        guard let hash = need.paytoHash else { return .unknown("it has not named the account") }
        var request = ExchangeRequests(baseURL: need.exchangeURL).kycCheck(hash, signature: key.sign(AccountOwnerRequest()))
        request.timeout = .seconds(5)
        let answer: Response
        do { answer = try await PolicedSender(sender, policy).send(request) } catch { return .unknown("\(error)") }
        switch answer.status {
        case 204: return .satisfied
        case 200, 202:
            guard let status = try? answer.json().decode(as: KYCStatus.self),
                status.accessToken.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "/") }), !status.accessToken.isEmpty
            else { return .unknown("its answer is not as it must be") }
            return answer.status == 200 ? .satisfied : .page("\(need.exchangeURL)kyc-spa/\(status.accessToken)")
        // The key is not, or not yet, known there.
        case 403, 404, 409: return .awaitsTransfer
        default: return .unknown("it answered \(answer.status)")
        }
    }
}
