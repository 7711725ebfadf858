// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Why a frontend's proposition cannot become a contract.
public enum PropositionError: Error, Equatable {
    /// A member is missing, of the wrong type, or of a kind that no contract may hold.
    case content(JSONError)
    /// A member breaks one of the rules for contracts.
    case rule(JSONError)
    /// An amount is in a currency that this merchant does not take.
    case currency(JSONError)

    /// The member's path, beginning with `contract`, and the reason.
    public var error: JSONError {
        switch self {
        case .content(let error), .rule(let error), .currency(let error): error
        }
    }
}
