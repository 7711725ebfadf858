// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantCore
import TalerWire

extension APIError {
    /// How callers see that an exchange could not tell, or told what cannot be true.
    /// - Parameters:
    ///   - refused: the code for an exchange that says no.
    ///   - members: what else is known, for a conflict.
    init(_ failure: TrackingFailure, exchangeURL: String, refused: ErrorCode, members: JSONObject = [:]) {
        var members = members
        members["exchange_url"] = .string(exchangeURL)
        switch failure {
        case .timedOut: self.init(.merchantGenericExchangeTimeout, hint: "The exchange did not answer in time.", members: members)
        case .unreachable:
            self.init(.merchantGenericExchangeConnectFailure, hint: "The exchange could not be reached.", status: 502, members: members)
        case .keys: self.init(.merchantGenericExchangeKeysFailure, hint: "The exchange's keys could not be had.", members: members)
        case .nonsense, .unsigned:
            self.init(
                .merchantGenericExchangeReplyMalformed, hint: "The exchange's answer cannot be used.", detail: "\(failure)",
                members: members)
        case .refused(let status, let answer):
            members["exchange-http-status"] = .integer(Int64(status))
            if let code = answer["code"] { members["exchange-code"] = code }
            members["details"] = answer
            self.init(refused, hint: "The exchange refused to tell.", status: 424, members: members)
        case .conflict(let conflict, let answer):
            let code: ErrorCode
            switch conflict.reason {
            case .otherTransfer: code = .merchantPrivatePostTransfersConflictingTransfers
            case .wireFee: code = .merchantPrivatePostTransfersBadWireFee
            default: code = .merchantPrivatePostTransfersConflictingReports
            }
            members["conflict"] = .string(conflict.kind)
            if let offset = conflict.offset { members["conflict_offset"] = .integer(Int64(offset)) }
            if let deposit = conflict.deposit {
                members["coin_pub"] = deposit.coinPub.json
                members["h_contract"] = deposit.contractHash.json
            }
            if answer["transaction_tracking_claim"] == nil {
                members["exchange_transfer_proof"] = answer
            } else {
                for member in answer.objectValue?.members ?? [] { members[member.name] = member.value }
            }
            self.init(code, hint: "The exchange's word and the books disagree: \(conflict).", status: 424, members: members)
        }
    }
}
