// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
public import HTTPCore
public import TalerWire

/// Gets an exchange's keys over the network and verifies them: `/keys`, and for protocols 14 to 16 also `/wire`.
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
        /// What the exchange answered, to be kept.
        public let kept: KeptKeys
    }

    /// The time that ``Fetched`` is stamped with.
    var now: Timestamp { clock.now() }

    /// - Parameters:
    ///   - baseURL: ends in a slash.
    ///   - master: the key that the owner configured.
    /// - Throws: ``KeysError``.
    public func fetch(_ baseURL: String, master: MasterPublicKey) async throws(KeysError) -> Fetched {
        let kept = try await answer(of: baseURL)
        return Fetched(keys: try verify(kept, master: master), kept: kept)
    }

    /// What an exchange shows of itself.
    public struct Shown: Sendable {
        /// Nobody vouches for it: it is for people to see and compare.
        public let master: MasterPublicKey
        /// As the exchange writes it; nil when it is no currency's name.
        public let currency: Currency?
        public let version: ProtocolVersion
        /// Under that master key.
        public let keys: Result<VerifiedKeys, KeysError>
    }

    /// The master key that the exchange shows, and whether its keys verify under it.
    /// - Throws: ``KeysError`` when there is nothing to show.
    public func fetchShown(_ baseURL: String) async throws(KeysError) -> Shown {
        let kept = try await answer(of: baseURL)
        let master = try Self.master(of: kept.keys)
        let keys: Result<VerifiedKeys, KeysError>
        do throws(KeysError) { keys = .success(try verify(kept, master: master)) } catch { keys = .failure(error) }
        return Shown(
            master: master, currency: kept.keys["currency"]?.stringValue.flatMap { try? Currency($0) },
            version: try Self.version(of: kept.keys), keys: keys)
    }

    /// The keys of an exchange that is not configured: the denominations that a configured auditor vouches for, with the master key that
    /// the auditor signed. All others are left out.
    /// - Throws: ``KeysError``; ``KeysError/notAudited`` when none is left.
    public func fetchAudited(_ baseURL: String) async throws(KeysError) -> Fetched {
        guard !auditors.isEmpty else { throw .notAudited }
        let kept = try await answer(of: baseURL)
        let keys = try verify(kept, master: try Self.master(of: kept.keys)).auditedOnly
        guard !keys.denominations.isEmpty else { throw .notAudited }
        return Fetched(keys: keys, kept: kept)
    }

    /// Verifies what was kept.
    /// - Throws: ``KeysError``.
    public func verify(_ kept: KeptKeys, master: MasterPublicKey) throws(KeysError) -> VerifiedKeys {
        do {
            if try Self.version(of: kept.keys).hasLayout14 {
                return try VerifiedKeys(
                    verifying: kept.keys.decode(), wire: (kept.wire ?? .null).decode(), master: master, currency: currency,
                    auditors: auditors, now: clock.now())
            }
            return try VerifiedKeys(
                verifying: kept.keys.decode(), master: master, currency: currency, auditors: auditors, now: clock.now())
        } catch let error as KeysError { throw error } catch { throw .malformed("\(error)") }
    }

    /// Verifies the body of a `/keys` of protocol 17 or later.
    /// - Throws: ``KeysError``.
    public func verify(_ body: [UInt8], master: MasterPublicKey) throws(KeysError) -> VerifiedKeys {
        let keys: JSONValue
        do { keys = try JSONParser.parse(body, duplicates: .keepLast) } catch { throw .malformed("\(error)") }
        return try verify(
            KeptKeys(baseURL: "", fetched: clock.now(), expires: nil, clockDifference: nil, keys: keys, wire: nil), master: master)
    }

    private func answer(of baseURL: String) async throws(KeysError) -> KeptKeys {
        let requests = ExchangeRequests(baseURL: baseURL)
        let response = try await get(requests.keys)
        let now = clock.now()
        let keys = try Self.json(response)
        let wire = try Self.version(of: keys).hasLayout14 ? try Self.json(await get(requests.wire)) : nil
        let date = response.fields["Date"].flatMap(HTTPDate.parse)
        let ahead = date.map { Self.seconds(from: now, to: $0) }
        // By the exchange's own clock, so that one that goes wrong does not make its keys stale before they come.
        let expires = response.fields["Expires"].flatMap(HTTPDate.parse).map { $0.advanced(bySeconds: -(ahead ?? 0)) }
        return KeptKeys(baseURL: baseURL, fetched: now, expires: expires, clockDifference: ahead, keys: keys, wire: wire)
    }

    private func get(_ request: OutgoingRequest) async throws(KeysError) -> Response {
        let response: Response
        do { response = try await sender.send(request) } catch {
            switch error {
            case .notSent(let reason), .noAnswer(let reason): throw .unreachable(reason)
            case .timedOut: throw .unreachable("no answer in time")
            }
        }
        guard response.status == 200 else { throw .status(response.status) }
        return response
    }

    private static func json(_ response: Response) throws(KeysError) -> JSONValue {
        do { return try response.json() } catch { throw .malformed("\(error)") }
    }

    private static func master(of keys: JSONValue) throws(KeysError) -> MasterPublicKey {
        guard let text = keys["master_public_key"]?.stringValue, let master = try? MasterPublicKey(base32: text) else {
            throw .malformed("the master key is missing")
        }
        return master
    }

    private static func version(of keys: JSONValue) throws(KeysError) -> ProtocolVersion {
        guard let text = keys["version"]?.stringValue else { throw .malformed("the version is missing") }
        guard let version = ProtocolVersion(text), version.common != nil else { throw .version(text) }
        return version
    }

    private static func seconds(from first: Timestamp, to second: Timestamp) -> Int64 {
        Int64(clamping: second.seconds ?? 0) - Int64(clamping: first.seconds ?? 0)
    }
}
