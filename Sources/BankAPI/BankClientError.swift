// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import TalerWire

/// Why a call of a bank brought nothing.
public enum BankClientError: Error, Equatable {
    case send(SendError)
    /// The bank said no. `refusal` is nil when its body is no BankError.
    case refused(status: Int, refusal: BankError?)
    /// The bank said yes, but what it sent is not what the call promises.
    case malformed(JSONError)
}
