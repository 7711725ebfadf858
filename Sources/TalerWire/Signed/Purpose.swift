// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a signature is for: the second number of every signed structure (GANA's GNUnet signature purposes).
public enum Purpose: UInt32, Sendable {
    case masterSigningKeyRevoked = 1020
    case masterGlobalFees = 1022
    case masterSigningKeyValidity = 1024
    case masterDenominationKeyValidity = 1025
    case masterWireFees = 1028
    case masterDenominationKeyRevoked = 1029
    case masterWireDetails = 1030
    case exchangeConfirmDeposit = 1033
    case exchangeConfirmMelt = 1034
    case exchangeKeySet = 1035
    case exchangeConfirmWire = 1036
    case exchangeConfirmWireDeposit = 1037
    case exchangeConfirmRefund = 1038
    case exchangeAffirmDenominationUnknown = 1042
    case exchangeAffirmDenominationExpired = 1043
    case auditorExchangeKeys = 1064
    case merchantContract = 1101
    case merchantRefund = 1102
    case merchantTrackTransaction = 1103
    case merchantPaymentOK = 1104
    case merchantWireDetails = 1107
    case walletReserveWithdraw = 1200
    case walletCoinDeposit = 1201
    case walletCoinMelt = 1202
    case walletCoinLink = 1204
    case walletReserveHistory = 1208
    case walletCoinHistory = 1209
    case kycAuth = 1360
}
