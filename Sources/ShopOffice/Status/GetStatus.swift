// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import Pages
import ShopStore
import TalerWire

/// What keeps the shop from being paid, or soon will: by the backend, and by the shop itself.
struct GetStatus: OfficeEndpoint {
    static let route = Route(.get, "/status")
    let office: Office

    func answer(_ visit: Visit) async throws -> Response {
        let look = await BackendLook.ask(office.backend, timeout: .seconds(20))
        let page = StatusPage(
            base: office.settings.base, look: look, own: try await office.ownTroubles(),
            failed: try await office.store.failedGiveBacks())
        return try office.answer(page, to: visit.visitor)
    }
}

/// The backend's findings, the shop's own, and money that could not be given back.
struct StatusPage: OfficePage {
    static let templateName = "status"
    static let section: OfficeSection? = .status

    var base: String
    /// Why the backend says nothing; nil when it does.
    var silence: [Trouble]?
    /// Nil when it says nothing.
    var backend: Backend?
    /// The shop's own.
    var own: [Trouble]
    var failed: [GiveBack]

    /// What the backend has found.
    struct Backend: Sendable {
        var checked: Timestamp
        /// Exchanges that wait to know who the owner is.
        var identifications: [Trouble]
        /// What else is wrong.
        var others: [Trouble]
        /// What is only good to know.
        var notes: [Trouble]
    }

    var record: PageRecord {
        var record: PageRecord = ["title": "Status", "own": list(own), "isOwnWell": .flag(own.isEmpty)]
        if let silence { record["silent"] = .record(["troubles": list(silence)]) }
        if let backend { record["backend"] = .record(backendRecord(backend)) }
        if !failed.isEmpty { record["failed"] = .record(["rows": .list(failed.map(row))]) }
        return record
    }

    private func list(_ troubles: [Trouble]) -> PageValue { .list(troubles.map { $0.record(base: base) }) }

    private func backendRecord(_ backend: Backend) -> PageRecord {
        var record: PageRecord = [
            "checked": backend.checked.record, "troubles": list(backend.others),
            "isWell": .flag(backend.others.isEmpty && backend.identifications.isEmpty),
        ]
        if !backend.identifications.isEmpty { record["identification"] = .record(["troubles": list(backend.identifications)]) }
        if !backend.notes.isEmpty { record["notes"] = .record(["troubles": list(backend.notes)]) }
        return record
    }

    private func row(_ giveBack: GiveBack) -> PageValue {
        .record([
            "order": .text(giveBack.order.text), "name": .text(String(giveBack.order.text.prefix(8))),
            "amount": .text(giveBack.amount.text), "since": giveBack.created.record,
            "why": .text(giveBack.reason == .late ? "It came after the order was closed." : "The order was paid twice."),
            "error": .text(giveBack.error ?? ""),
        ])
    }

    static var samples: [StatusPage] {
        get throws {
            let giveBack = GiveBack(
                contractHash: .zero, order: .random(), amount: try Amount("KUDOS:1"), reason: .late, created: .zero, state: .failed,
                attempts: 1, error: "e")
            let backend = Backend(checked: .zero, identifications: [.sample], others: [.sample], notes: [.sample])
            return [StatusPage(base: "", silence: [.sample], backend: backend, own: [.sample], failed: [giveBack])]
        }
    }
}

extension StatusPage {
    init(base: String, look: BackendLook, own: [Trouble], failed: [GiveBack]) {
        self.init(base: base, own: own, failed: failed)
        switch look {
        case .silent: silence = look.troubles
        case .answered(let status):
            // An answer says that it runs; what it does with its database is nothing to a shop's owner.
            let found = status.findings.filter { $0.id != "backend-running" }.map(Trouble.init)
            backend = Backend(
                checked: status.checked, identifications: found.filter(\.isIdentification),
                others: found.filter { !$0.isIdentification && $0.weight > .info },
                notes: found.filter { !$0.isIdentification && $0.weight == .info })
        }
    }
}
