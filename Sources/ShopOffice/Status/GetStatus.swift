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
    var look: BackendLook
    /// The shop's own.
    var own: [Trouble]
    var failed: [GiveBack]

    var record: PageRecord {
        var record: PageRecord = ["title": "Status", "own": .list(own.map { $0.record(base: base) }), "isOwnWell": .flag(own.isEmpty)]
        switch look {
        case .silent: record["silent"] = .record(["troubles": .list(look.troubles.map { $0.record(base: base) })])
        case .answered(let status): record["backend"] = .record(backendRecord(status))
        }
        if !failed.isEmpty { record["failed"] = .record(["rows": .list(failed.map(row))]) }
        return record
    }

    private func backendRecord(_ status: BackendStatus) -> PageRecord {
        let found = status.findings.map(Trouble.init)
        let identifications = found.filter(\.isIdentification)
        let others = found.filter { !$0.isIdentification && $0.weight > .info }
        let notes = found.filter { !$0.isIdentification && $0.weight == .info }
        var record: PageRecord = [
            "checked": status.checked.record, "troubles": .list(others.map { $0.record(base: base) }),
            "isWell": .flag(others.isEmpty && identifications.isEmpty),
        ]
        if !identifications.isEmpty {
            record["identification"] = .record(["troubles": .list(identifications.map { $0.record(base: base) })])
        }
        if !notes.isEmpty { record["notes"] = .record(["troubles": .list(notes.map { $0.record(base: base) })]) }
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
            let finding = BackendStatus.Finding(id: "f", severity: .problem, message: "m")
            var kyc = finding
            kyc.id = BackendStatus.Finding.identificationNeeded
            var note = finding
            note.severity = .info
            let giveBack = GiveBack(
                contractHash: .zero, order: .random(), amount: try Amount("KUDOS:1"), reason: .late, created: .zero, state: .failed,
                attempts: 1, error: "e")
            let status = BackendStatus(status: .problem, checked: .zero, findings: [finding, kyc, note])
            return [
                StatusPage(base: "", look: .answered(status), own: [.sample], failed: [giveBack]),
                StatusPage(base: "", look: .silent(reason: "r", advice: "a"), own: [.sample], failed: []),
            ]
        }
    }
}
