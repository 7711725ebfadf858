// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The readers of foreign texts, by the names that scripts/fuzz.sh and the folders of the corpus use.
enum FuzzTarget: String, CaseIterable {
    case json, amounts, times, base32, payto, configuration, permission, exchange, http, proposition

    func run(_ input: [UInt8]) {
        switch self {
        case .json: JSONTarget.run(input)
        case .amounts: AmountsTarget.run(input)
        case .times: TimesTarget.run(input)
        case .base32: Base32Target.run(input)
        case .payto: PaytoTarget.run(input)
        case .configuration: ConfigurationTarget.run(input)
        case .permission: PermissionTarget.run(input)
        case .exchange: ExchangeTarget.run(input)
        case .http: HTTPTarget.run(input)
        case .proposition: PropositionTarget.run(input)
        }
    }
}
