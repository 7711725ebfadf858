// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import MerchantCore
import MerchantStore
import Observability
import TalerWire

/// What a serving backend knows of itself.
struct StatusService: Sendable {
    let identity: MerchantIdentity
    let store: MerchantStore
    let finder: FactFinder
    let files: BackendFiles?
    let unknownSettings: [String]
    let clock: any WallClock

    func diagnosis() async -> Diagnosis {
        let database = await finder.database(
            store, path: files?.database ?? "", isWritable: await store.canWrite(), checkingPages: false)
        var facts = Facts(
            now: clock.now(), key: .present(identity.publicKey), account: identity.account?.payto,
            smallestUnit: identity.money.smallestUnit,
            process: .answering, database: database)
        facts.exchanges = await finder.exchanges()
        facts.files = files?.modes() ?? []
        facts.disk = files?.disk()
        facts.unknownSettings = unknownSettings
        if case .read(let figures, _, _) = database {
            facts.identifications = await finder.identifications(figures, key: identity.key)
        }
        return Diagnosis(facts)
    }
}
