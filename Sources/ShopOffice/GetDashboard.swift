// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages

/// Where the owner arrives.
struct GetDashboard: OfficeEndpoint {
    static let route = Route(.get, "/")
    let office: Office

    func answer(_ visit: Visit) async throws -> Response { try office.answer(DashboardPage(), to: visit.visitor) }
}

/// What the owner sees first.
struct DashboardPage: OfficePage {
    static let templateName = "dashboard"
    static let section: OfficeSection? = .dashboard
    static let samples = [DashboardPage()]

    var record: PageRecord { ["title": "Dashboard"] }
}
