// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a merchant signs once a contract is paid (TALER_PaymentResponsePS). Offsets in bytes.
public struct PaymentConfirmation: SignedStruct {
    public static let purpose = Purpose.merchantPaymentOK
    public static let byteCount = 72

    /// 8: 64 bytes.
    public var contractHash: ContractHash

    public init(contractHash: ContractHash) {
        self.contractHash = contractHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(contractHash)
    }
}
