// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension ErrorCode {
    public static let exchangeGenericBadConfiguration = ErrorCode(1000, "EXCHANGE_GENERIC_BAD_CONFIGURATION", 500)
    public static let exchangeGenericOperationUnknown = ErrorCode(1001, "EXCHANGE_GENERIC_OPERATION_UNKNOWN", 404)
    public static let exchangeGenericWrongNumberOfSegments = ErrorCode(1002, "EXCHANGE_GENERIC_WRONG_NUMBER_OF_SEGMENTS", 404)
    public static let exchangeGenericCoinConflictingDenominationKey = ErrorCode(
        1003, "EXCHANGE_GENERIC_COIN_CONFLICTING_DENOMINATION_KEY", 409)
    public static let exchangeGenericCoinsInvalidCoinPub = ErrorCode(1004, "EXCHANGE_GENERIC_COINS_INVALID_COIN_PUB", 400)
    public static let exchangeGenericDenominationKeyUnknown = ErrorCode(1005, "EXCHANGE_GENERIC_DENOMINATION_KEY_UNKNOWN", 404)
    public static let exchangeDenominationSignatureInvalid = ErrorCode(1006, "EXCHANGE_DENOMINATION_SIGNATURE_INVALID", 403)
    public static let exchangeGenericKeysMissing = ErrorCode(1007, "EXCHANGE_GENERIC_KEYS_MISSING", 503)
    public static let exchangeGenericDenominationValidityInFuture = ErrorCode(1008, "EXCHANGE_GENERIC_DENOMINATION_VALIDITY_IN_FUTURE", 412)
    public static let exchangeGenericDenominationExpired = ErrorCode(1009, "EXCHANGE_GENERIC_DENOMINATION_EXPIRED", 410)
    public static let exchangeGenericDenominationRevoked = ErrorCode(1010, "EXCHANGE_GENERIC_DENOMINATION_REVOKED", 410)
    public static let exchangeGenericSecmodTimeout = ErrorCode(1011, "EXCHANGE_GENERIC_SECMOD_TIMEOUT", 500)
    public static let exchangeGenericInsufficientFunds = ErrorCode(1012, "EXCHANGE_GENERIC_INSUFFICIENT_FUNDS", 409)
    public static let exchangeGenericCoinHistoryComputationFailed = ErrorCode(1013, "EXCHANGE_GENERIC_COIN_HISTORY_COMPUTATION_FAILED", 500)
    public static let exchangeGenericHistoryDbErrorInsufficientFunds = ErrorCode(
        1014, "EXCHANGE_GENERIC_HISTORY_DB_ERROR_INSUFFICIENT_FUNDS", 500)
    public static let exchangeGenericCoinConflictingAgeHash = ErrorCode(1015, "EXCHANGE_GENERIC_COIN_CONFLICTING_AGE_HASH", 409)
    public static let exchangeGenericInvalidDenominationCipherForOperation = ErrorCode(
        1016, "EXCHANGE_GENERIC_INVALID_DENOMINATION_CIPHER_FOR_OPERATION", 400)
    public static let exchangeGenericCipherMismatch = ErrorCode(1017, "EXCHANGE_GENERIC_CIPHER_MISMATCH", 400)
    public static let exchangeGenericNewDenomsArraySizeExcessive = ErrorCode(1018, "EXCHANGE_GENERIC_NEW_DENOMS_ARRAY_SIZE_EXCESSIVE", 400)
    public static let exchangeGenericCoinUnknown = ErrorCode(1019, "EXCHANGE_GENERIC_COIN_UNKNOWN", 404)
    public static let exchangeGenericClockSkew = ErrorCode(1020, "EXCHANGE_GENERIC_CLOCK_SKEW", 400)
    public static let exchangeGenericAmountExceedsDenominationValue = ErrorCode(
        1021, "EXCHANGE_GENERIC_AMOUNT_EXCEEDS_DENOMINATION_VALUE", 400)
    public static let exchangeGenericGlobalFeesMissing = ErrorCode(1022, "EXCHANGE_GENERIC_GLOBAL_FEES_MISSING", 500)
    public static let exchangeGenericWireFeesMissing = ErrorCode(1023, "EXCHANGE_GENERIC_WIRE_FEES_MISSING", 500)
    public static let exchangeGenericPursePubMalformed = ErrorCode(1024, "EXCHANGE_GENERIC_PURSE_PUB_MALFORMED", 400)
    public static let exchangeGenericPurseUnknown = ErrorCode(1025, "EXCHANGE_GENERIC_PURSE_UNKNOWN", 404)
    public static let exchangeGenericPurseExpired = ErrorCode(1026, "EXCHANGE_GENERIC_PURSE_EXPIRED", 410)
    public static let exchangeGenericReserveUnknown = ErrorCode(1027, "EXCHANGE_GENERIC_RESERVE_UNKNOWN", 404)
    public static let exchangeGenericKycRequired = ErrorCode(1028, "EXCHANGE_GENERIC_KYC_REQUIRED", 451)
    public static let exchangePurseDepositCoinConflictingAttestVsAgeCommitment = ErrorCode(
        1029, "EXCHANGE_PURSE_DEPOSIT_COIN_CONFLICTING_ATTEST_VS_AGE_COMMITMENT", 400)
    public static let exchangePurseDepositCoinAgeAttestationFailure = ErrorCode(
        1030, "EXCHANGE_PURSE_DEPOSIT_COIN_AGE_ATTESTATION_FAILURE", 400)
    public static let exchangeGenericPurseDeleted = ErrorCode(1031, "EXCHANGE_GENERIC_PURSE_DELETED", 410)
    public static let exchangeGenericAmlOfficerPubMalformed = ErrorCode(1032, "EXCHANGE_GENERIC_AML_OFFICER_PUB_MALFORMED", 400)
    public static let exchangeGenericAmlOfficerGetSignatureInvalid = ErrorCode(
        1033, "EXCHANGE_GENERIC_AML_OFFICER_GET_SIGNATURE_INVALID", 403)
    public static let exchangeGenericAmlOfficerAccessDenied = ErrorCode(1034, "EXCHANGE_GENERIC_AML_OFFICER_ACCESS_DENIED", 403)
    public static let exchangeGenericAmlPending = ErrorCode(1035, "EXCHANGE_GENERIC_AML_PENDING", 451)
    public static let exchangeGenericAmlFrozen = ErrorCode(1036, "EXCHANGE_GENERIC_AML_FROZEN", 451)
    public static let exchangeGenericKycConverterFailed = ErrorCode(1037, "EXCHANGE_GENERIC_KYC_CONVERTER_FAILED", 500)
    public static let exchangeGenericKycFailed = ErrorCode(1038, "EXCHANGE_GENERIC_KYC_FAILED", 500)
    public static let exchangeGenericKycFallbackFailed = ErrorCode(1039, "EXCHANGE_GENERIC_KYC_FALLBACK_FAILED", 500)
    public static let exchangeGenericKycFallbackUnknown = ErrorCode(1040, "EXCHANGE_GENERIC_KYC_FALLBACK_UNKNOWN", 500)
    public static let exchangeGenericBankAccountUnknown = ErrorCode(1041, "EXCHANGE_GENERIC_BANK_ACCOUNT_UNKNOWN", 404)
    public static let exchangeGenericAmlProgramRecursionDetected = ErrorCode(1042, "EXCHANGE_GENERIC_AML_PROGRAM_RECURSION_DETECTED", 500)
    public static let exchangeGenericKycSanctionListCheckFailed = ErrorCode(1043, "EXCHANGE_GENERIC_KYC_SANCTION_LIST_CHECK_FAILED", 500)
    public static let exchangeGenericTypstTemplateFailure = ErrorCode(1044, "EXCHANGE_GENERIC_TYPST_TEMPLATE_FAILURE", 500)
    public static let exchangeGenericPdftkFailure = ErrorCode(1045, "EXCHANGE_GENERIC_PDFTK_FAILURE", 500)
    public static let exchangeGenericTypstCrash = ErrorCode(1046, "EXCHANGE_GENERIC_TYPST_CRASH", 500)
    public static let exchangeGenericPdftkCrash = ErrorCode(1047, "EXCHANGE_GENERIC_PDFTK_CRASH", 500)
    public static let exchangeGenericNoTypstOrPdftk = ErrorCode(1048, "EXCHANGE_GENERIC_NO_TYPST_OR_PDFTK", 501)
    public static let exchangeGenericTargetAccountUnknown = ErrorCode(1049, "EXCHANGE_GENERIC_TARGET_ACCOUNT_UNKNOWN", 404)
    public static let exchangeGenericAmlOfficerReadOnly = ErrorCode(1050, "EXCHANGE_GENERIC_AML_OFFICER_READ_ONLY", 409)
    public static let exchangeDepositsGetNotFound = ErrorCode(1100, "EXCHANGE_DEPOSITS_GET_NOT_FOUND", 404)
    public static let exchangeDepositsGetInvalidHWire = ErrorCode(1101, "EXCHANGE_DEPOSITS_GET_INVALID_H_WIRE", 400)
    public static let exchangeDepositsGetInvalidMerchantPub = ErrorCode(1102, "EXCHANGE_DEPOSITS_GET_INVALID_MERCHANT_PUB", 400)
    public static let exchangeDepositsGetInvalidHContractTerms = ErrorCode(1103, "EXCHANGE_DEPOSITS_GET_INVALID_H_CONTRACT_TERMS", 400)
    public static let exchangeDepositsGetInvalidCoinPub = ErrorCode(1104, "EXCHANGE_DEPOSITS_GET_INVALID_COIN_PUB", 400)
    public static let exchangeDepositsGetInvalidSignatureByExchange = ErrorCode(
        1105, "EXCHANGE_DEPOSITS_GET_INVALID_SIGNATURE_BY_EXCHANGE", 0)
    public static let exchangeDepositsGetMerchantSignatureInvalid = ErrorCode(1106, "EXCHANGE_DEPOSITS_GET_MERCHANT_SIGNATURE_INVALID", 403)
    public static let exchangeDepositsPolicyNotAccepted = ErrorCode(1107, "EXCHANGE_DEPOSITS_POLICY_NOT_ACCEPTED", 400)
    public static let exchangeWithdrawInsufficientFunds = ErrorCode(1150, "EXCHANGE_WITHDRAW_INSUFFICIENT_FUNDS", 409)
    public static let exchangeAgeWithdrawInsufficientFunds = ErrorCode(1151, "EXCHANGE_AGE_WITHDRAW_INSUFFICIENT_FUNDS", 409)
    public static let exchangeWithdrawAmountFeeOverflow = ErrorCode(1152, "EXCHANGE_WITHDRAW_AMOUNT_FEE_OVERFLOW", 500)
    public static let exchangeWithdrawSignatureFailed = ErrorCode(1153, "EXCHANGE_WITHDRAW_SIGNATURE_FAILED", 500)
    public static let exchangeWithdrawReserveSignatureInvalid = ErrorCode(1154, "EXCHANGE_WITHDRAW_RESERVE_SIGNATURE_INVALID", 403)
    public static let exchangeReserveHistoryErrorInsufficientFunds = ErrorCode(
        1155, "EXCHANGE_RESERVE_HISTORY_ERROR_INSUFFICIENT_FUNDS", 500)
    public static let exchangeGetReserveHistoryErrorInsufficientBalance = ErrorCode(
        1156, "EXCHANGE_GET_RESERVE_HISTORY_ERROR_INSUFFICIENT_BALANCE", 409)
    public static let exchangeWithdrawDenominationKeyLost = ErrorCode(1158, "EXCHANGE_WITHDRAW_DENOMINATION_KEY_LOST", 410)
    public static let exchangeWithdrawUnblindFailure = ErrorCode(1159, "EXCHANGE_WITHDRAW_UNBLIND_FAILURE", 0)
    public static let exchangeWithdrawNonceReuse = ErrorCode(1160, "EXCHANGE_WITHDRAW_NONCE_REUSE", 409)
    public static let exchangeWithdrawCommitmentUnknown = ErrorCode(1161, "EXCHANGE_WITHDRAW_COMMITMENT_UNKNOWN", 400)
    public static let exchangeWithdrawAmountOverflow = ErrorCode(1162, "EXCHANGE_WITHDRAW_AMOUNT_OVERFLOW", 400)
    public static let exchangeAgeWithdrawAmountIncorrect = ErrorCode(1163, "EXCHANGE_AGE_WITHDRAW_AMOUNT_INCORRECT", 400)
    public static let exchangeWithdrawRevealInvalidHash = ErrorCode(1164, "EXCHANGE_WITHDRAW_REVEAL_INVALID_HASH", 400)
    public static let exchangeWithdrawMaximumAgeTooLarge = ErrorCode(1165, "EXCHANGE_WITHDRAW_MAXIMUM_AGE_TOO_LARGE", 409)
    public static let exchangeWithdrawAgeMaskMismatch = ErrorCode(1166, "EXCHANGE_WITHDRAW_AGE_MASK_MISMATCH", 400)
    public static let exchangeWithdrawIdempotentPlanchet = ErrorCode(1175, "EXCHANGE_WITHDRAW_IDEMPOTENT_PLANCHET", 400)
    public static let exchangeDepositCoinSignatureInvalid = ErrorCode(1205, "EXCHANGE_DEPOSIT_COIN_SIGNATURE_INVALID", 403)
    public static let exchangeDepositConflictingContract = ErrorCode(1206, "EXCHANGE_DEPOSIT_CONFLICTING_CONTRACT", 409)
    public static let exchangeDepositNegativeValueAfterFee = ErrorCode(1207, "EXCHANGE_DEPOSIT_NEGATIVE_VALUE_AFTER_FEE", 400)
    public static let exchangeDepositRefundDeadlineAfterWireDeadline = ErrorCode(
        1208, "EXCHANGE_DEPOSIT_REFUND_DEADLINE_AFTER_WIRE_DEADLINE", 400)
    public static let exchangeDepositWireDeadlineIsNever = ErrorCode(1209, "EXCHANGE_DEPOSIT_WIRE_DEADLINE_IS_NEVER", 400)
    public static let exchangeDepositInvalidWireFormatJson = ErrorCode(1210, "EXCHANGE_DEPOSIT_INVALID_WIRE_FORMAT_JSON", 400)
    public static let exchangeDepositInvalidWireFormatContractHashConflict = ErrorCode(
        1211, "EXCHANGE_DEPOSIT_INVALID_WIRE_FORMAT_CONTRACT_HASH_CONFLICT", 400)
    public static let exchangeDepositInvalidSignatureByExchange = ErrorCode(1221, "EXCHANGE_DEPOSIT_INVALID_SIGNATURE_BY_EXCHANGE", 0)
    public static let exchangeDepositFeeAboveAmount = ErrorCode(1222, "EXCHANGE_DEPOSIT_FEE_ABOVE_AMOUNT", 400)
    public static let exchangeExtensionsInvalidFulfillment = ErrorCode(1240, "EXCHANGE_EXTENSIONS_INVALID_FULFILLMENT", 400)
    public static let exchangeCoinHistoryBadSignature = ErrorCode(1251, "EXCHANGE_COIN_HISTORY_BAD_SIGNATURE", 403)
    public static let exchangeReserveHistoryBadSignature = ErrorCode(1252, "EXCHANGE_RESERVE_HISTORY_BAD_SIGNATURE", 403)
    public static let exchangeMeltFeesExceedContribution = ErrorCode(1302, "EXCHANGE_MELT_FEES_EXCEED_CONTRIBUTION", 400)
    public static let exchangeMeltCoinSignatureInvalid = ErrorCode(1303, "EXCHANGE_MELT_COIN_SIGNATURE_INVALID", 403)
    public static let exchangeMeltCoinExpiredNoZombie = ErrorCode(1305, "EXCHANGE_MELT_COIN_EXPIRED_NO_ZOMBIE", 400)
    public static let exchangeMeltInvalidSignatureByExchange = ErrorCode(1306, "EXCHANGE_MELT_INVALID_SIGNATURE_BY_EXCHANGE", 0)
    public static let exchangeRefreshesRevealCommitmentViolation = ErrorCode(1353, "EXCHANGE_REFRESHES_REVEAL_COMMITMENT_VIOLATION", 409)
    public static let exchangeRefreshesRevealSigningError = ErrorCode(1354, "EXCHANGE_REFRESHES_REVEAL_SIGNING_ERROR", 500)
    public static let exchangeRefreshesRevealSessionUnknown = ErrorCode(1355, "EXCHANGE_REFRESHES_REVEAL_SESSION_UNKNOWN", 404)
    public static let exchangeRefreshesRevealCncTransferArraySizeInvalid = ErrorCode(
        1356, "EXCHANGE_REFRESHES_REVEAL_CNC_TRANSFER_ARRAY_SIZE_INVALID", 400)
    public static let exchangeRefreshesRevealNewDenomsArraySizeMismatch = ErrorCode(
        1358, "EXCHANGE_REFRESHES_REVEAL_NEW_DENOMS_ARRAY_SIZE_MISMATCH", 400)
    public static let exchangeRefreshesRevealCostCalculationOverflow = ErrorCode(
        1359, "EXCHANGE_REFRESHES_REVEAL_COST_CALCULATION_OVERFLOW", 500)
    public static let exchangeRefreshesRevealAmountInsufficient = ErrorCode(1360, "EXCHANGE_REFRESHES_REVEAL_AMOUNT_INSUFFICIENT", 400)
    public static let exchangeRefreshesRevealLinkSignatureInvalid = ErrorCode(1361, "EXCHANGE_REFRESHES_REVEAL_LINK_SIGNATURE_INVALID", 403)
    public static let exchangeRefreshesRevealInvalidRch = ErrorCode(1362, "EXCHANGE_REFRESHES_REVEAL_INVALID_RCH", 400)
    public static let exchangeRefreshesRevealOperationInvalid = ErrorCode(1363, "EXCHANGE_REFRESHES_REVEAL_OPERATION_INVALID", 400)
    public static let exchangeRefreshesRevealAgeRestrictionNotSupported = ErrorCode(
        1364, "EXCHANGE_REFRESHES_REVEAL_AGE_RESTRICTION_NOT_SUPPORTED", 400)
    public static let exchangeRefreshesRevealAgeRestrictionCommitmentInvalid = ErrorCode(
        1365, "EXCHANGE_REFRESHES_REVEAL_AGE_RESTRICTION_COMMITMENT_INVALID", 400)
    public static let exchangeLinkCoinUnknown = ErrorCode(1400, "EXCHANGE_LINK_COIN_UNKNOWN", 404)
    public static let exchangeTransfersGetWtidMalformed = ErrorCode(1450, "EXCHANGE_TRANSFERS_GET_WTID_MALFORMED", 400)
    public static let exchangeTransfersGetWtidNotFound = ErrorCode(1451, "EXCHANGE_TRANSFERS_GET_WTID_NOT_FOUND", 404)
    public static let exchangeTransfersGetWireFeeNotFound = ErrorCode(1452, "EXCHANGE_TRANSFERS_GET_WIRE_FEE_NOT_FOUND", 500)
    public static let exchangeTransfersGetWireFeeInconsistent = ErrorCode(1453, "EXCHANGE_TRANSFERS_GET_WIRE_FEE_INCONSISTENT", 500)
    public static let exchangePursesInvalidWaitTarget = ErrorCode(1475, "EXCHANGE_PURSES_INVALID_WAIT_TARGET", 400)
    public static let exchangePursesGetInvalidSignatureByExchange = ErrorCode(1476, "EXCHANGE_PURSES_GET_INVALID_SIGNATURE_BY_EXCHANGE", 0)
    public static let exchangeRefundCoinNotFound = ErrorCode(1500, "EXCHANGE_REFUND_COIN_NOT_FOUND", 404)
    public static let exchangeRefundConflictDepositInsufficient = ErrorCode(1501, "EXCHANGE_REFUND_CONFLICT_DEPOSIT_INSUFFICIENT", 409)
    public static let exchangeRefundDepositNotFound = ErrorCode(1502, "EXCHANGE_REFUND_DEPOSIT_NOT_FOUND", 404)
    public static let exchangeRefundMerchantAlreadyPaid = ErrorCode(1503, "EXCHANGE_REFUND_MERCHANT_ALREADY_PAID", 410)
    public static let exchangeRefundFeeTooLow = ErrorCode(1504, "EXCHANGE_REFUND_FEE_TOO_LOW", 400)
    public static let exchangeRefundFeeAboveAmount = ErrorCode(1505, "EXCHANGE_REFUND_FEE_ABOVE_AMOUNT", 400)
    public static let exchangeRefundMerchantSignatureInvalid = ErrorCode(1506, "EXCHANGE_REFUND_MERCHANT_SIGNATURE_INVALID", 403)
    public static let exchangeRefundMerchantSigningFailed = ErrorCode(1507, "EXCHANGE_REFUND_MERCHANT_SIGNING_FAILED", 500)
    public static let exchangeRefundInvalidSignatureByExchange = ErrorCode(1508, "EXCHANGE_REFUND_INVALID_SIGNATURE_BY_EXCHANGE", 0)
    public static let exchangeRefundInvalidFailureProofByExchange = ErrorCode(1509, "EXCHANGE_REFUND_INVALID_FAILURE_PROOF_BY_EXCHANGE", 0)
    public static let exchangeRefundInconsistentAmount = ErrorCode(1510, "EXCHANGE_REFUND_INCONSISTENT_AMOUNT", 424)
    public static let exchangeRecoupSignatureInvalid = ErrorCode(1550, "EXCHANGE_RECOUP_SIGNATURE_INVALID", 403)
    public static let exchangeRecoupWithdrawNotFound = ErrorCode(1551, "EXCHANGE_RECOUP_WITHDRAW_NOT_FOUND", 404)
    public static let exchangeRecoupCoinBalanceZero = ErrorCode(1552, "EXCHANGE_RECOUP_COIN_BALANCE_ZERO", 403)
    public static let exchangeRecoupBlindingFailed = ErrorCode(1553, "EXCHANGE_RECOUP_BLINDING_FAILED", 500)
    public static let exchangeRecoupCoinBalanceNegative = ErrorCode(1554, "EXCHANGE_RECOUP_COIN_BALANCE_NEGATIVE", 500)
    public static let exchangeRecoupNotEligible = ErrorCode(1555, "EXCHANGE_RECOUP_NOT_ELIGIBLE", 410)
    public static let exchangeRecoupWithdrawBatchSizeMismatch = ErrorCode(1556, "EXCHANGE_RECOUP_WITHDRAW_BATCH_SIZE_MISMATCH", 400)
    public static let exchangeRecoupWithdrawCommitmentMismatch = ErrorCode(1557, "EXCHANGE_RECOUP_WITHDRAW_COMMITMENT_MISMATCH", 409)
    public static let exchangeRecoupWithdrawDenominationMismatch = ErrorCode(1558, "EXCHANGE_RECOUP_WITHDRAW_DENOMINATION_MISMATCH", 409)
    public static let exchangeRecoupRefreshSignatureInvalid = ErrorCode(1575, "EXCHANGE_RECOUP_REFRESH_SIGNATURE_INVALID", 403)
    public static let exchangeRecoupRefreshMeltNotFound = ErrorCode(1576, "EXCHANGE_RECOUP_REFRESH_MELT_NOT_FOUND", 404)
    public static let exchangeRecoupRefreshBlindingFailed = ErrorCode(1578, "EXCHANGE_RECOUP_REFRESH_BLINDING_FAILED", 500)
    public static let exchangeRecoupRefreshNotEligible = ErrorCode(1580, "EXCHANGE_RECOUP_REFRESH_NOT_ELIGIBLE", 410)
    public static let exchangeRecoupRefreshBatchSizeMismatch = ErrorCode(1581, "EXCHANGE_RECOUP_REFRESH_BATCH_SIZE_MISMATCH", 400)
    public static let exchangeRecoupRefreshCommitmentMismatch = ErrorCode(1582, "EXCHANGE_RECOUP_REFRESH_COMMITMENT_MISMATCH", 409)
    public static let exchangeRecoupRefreshDenominationMismatch = ErrorCode(1583, "EXCHANGE_RECOUP_REFRESH_DENOMINATION_MISMATCH", 409)
    public static let exchangeKeysTimetravelForbidden = ErrorCode(1600, "EXCHANGE_KEYS_TIMETRAVEL_FORBIDDEN", 403)
    public static let exchangeWireSignatureInvalid = ErrorCode(1650, "EXCHANGE_WIRE_SIGNATURE_INVALID", 0)
    public static let exchangeWireNoAccountsConfigured = ErrorCode(1651, "EXCHANGE_WIRE_NO_ACCOUNTS_CONFIGURED", 500)
    public static let exchangeWireInvalidPaytoConfigured = ErrorCode(1652, "EXCHANGE_WIRE_INVALID_PAYTO_CONFIGURED", 500)
    public static let exchangeWireFeesNotConfigured = ErrorCode(1653, "EXCHANGE_WIRE_FEES_NOT_CONFIGURED", 500)
    public static let exchangeReservesPurseCreateConflictingMetaData = ErrorCode(
        1675, "EXCHANGE_RESERVES_PURSE_CREATE_CONFLICTING_META_DATA", 409)
    public static let exchangeReservesPurseMergeConflictingMetaData = ErrorCode(
        1676, "EXCHANGE_RESERVES_PURSE_MERGE_CONFLICTING_META_DATA", 409)
    public static let exchangeReservesPurseCreateInsufficientFunds = ErrorCode(
        1677, "EXCHANGE_RESERVES_PURSE_CREATE_INSUFFICIENT_FUNDS", 409)
    public static let exchangeReservesPurseFeeTooLow = ErrorCode(1678, "EXCHANGE_RESERVES_PURSE_FEE_TOO_LOW", 400)
    public static let exchangePurseDeleteAlreadyDecided = ErrorCode(1679, "EXCHANGE_PURSE_DELETE_ALREADY_DECIDED", 409)
    public static let exchangePurseDeleteSignatureInvalid = ErrorCode(1680, "EXCHANGE_PURSE_DELETE_SIGNATURE_INVALID", 403)
    public static let exchangeReservesAgeRestrictionRequired = ErrorCode(1681, "EXCHANGE_RESERVES_AGE_RESTRICTION_REQUIRED", 403)
    public static let exchangeDenominationHelperUnavailable = ErrorCode(1700, "EXCHANGE_DENOMINATION_HELPER_UNAVAILABLE", 502)
    public static let exchangeDenominationHelperBug = ErrorCode(1701, "EXCHANGE_DENOMINATION_HELPER_BUG", 500)
    public static let exchangeDenominationHelperTooEarly = ErrorCode(1702, "EXCHANGE_DENOMINATION_HELPER_TOO_EARLY", 400)
    public static let exchangePurseDepositExchangeSignatureInvalid = ErrorCode(1725, "EXCHANGE_PURSE_DEPOSIT_EXCHANGE_SIGNATURE_INVALID", 0)
    public static let exchangeSignkeyHelperUnavailable = ErrorCode(1750, "EXCHANGE_SIGNKEY_HELPER_UNAVAILABLE", 502)
    public static let exchangeSignkeyHelperBug = ErrorCode(1751, "EXCHANGE_SIGNKEY_HELPER_BUG", 500)
    public static let exchangeSignkeyHelperTooEarly = ErrorCode(1752, "EXCHANGE_SIGNKEY_HELPER_TOO_EARLY", 400)
    public static let exchangeSignkeyHelperOfflineMissing = ErrorCode(1753, "EXCHANGE_SIGNKEY_HELPER_OFFLINE_MISSING", 500)
    public static let exchangeReservesPurseExpirationBeforeNow = ErrorCode(1775, "EXCHANGE_RESERVES_PURSE_EXPIRATION_BEFORE_NOW", 400)
    public static let exchangeReservesPurseExpirationIsNever = ErrorCode(1776, "EXCHANGE_RESERVES_PURSE_EXPIRATION_IS_NEVER", 400)
    public static let exchangeReservesPurseMergeSignatureInvalid = ErrorCode(1777, "EXCHANGE_RESERVES_PURSE_MERGE_SIGNATURE_INVALID", 403)
    public static let exchangeReservesReserveMergeSignatureInvalid = ErrorCode(
        1778, "EXCHANGE_RESERVES_RESERVE_MERGE_SIGNATURE_INVALID", 403)
    public static let exchangeReservesOpenBadSignature = ErrorCode(1785, "EXCHANGE_RESERVES_OPEN_BAD_SIGNATURE", 403)
    public static let exchangeReservesCloseBadSignature = ErrorCode(1786, "EXCHANGE_RESERVES_CLOSE_BAD_SIGNATURE", 403)
    public static let exchangeReservesAttestBadSignature = ErrorCode(1787, "EXCHANGE_RESERVES_ATTEST_BAD_SIGNATURE", 403)
    public static let exchangeReservesCloseNoTargetAccount = ErrorCode(1788, "EXCHANGE_RESERVES_CLOSE_NO_TARGET_ACCOUNT", 409)
    public static let exchangeReservesOpenInsufficientFunds = ErrorCode(1789, "EXCHANGE_RESERVES_OPEN_INSUFFICIENT_FUNDS", 409)
    public static let exchangeReservesOpenCoinSignatureInvalid = ErrorCode(1790, "EXCHANGE_RESERVES_OPEN_COIN_SIGNATURE_INVALID", 403)
    public static let exchangeReservesOpenTimestampReuse = ErrorCode(1791, "EXCHANGE_RESERVES_OPEN_TIMESTAMP_REUSE", 409)
    public static let exchangeManagementAuditorNotFound = ErrorCode(1800, "EXCHANGE_MANAGEMENT_AUDITOR_NOT_FOUND", 404)
    public static let exchangeManagementAuditorMoreRecentPresent = ErrorCode(1801, "EXCHANGE_MANAGEMENT_AUDITOR_MORE_RECENT_PRESENT", 409)
    public static let exchangeManagementAuditorAddSignatureInvalid = ErrorCode(
        1802, "EXCHANGE_MANAGEMENT_AUDITOR_ADD_SIGNATURE_INVALID", 403)
    public static let exchangeManagementAuditorDelSignatureInvalid = ErrorCode(
        1803, "EXCHANGE_MANAGEMENT_AUDITOR_DEL_SIGNATURE_INVALID", 403)
    public static let exchangeManagementDenominationRevokeSignatureInvalid = ErrorCode(
        1804, "EXCHANGE_MANAGEMENT_DENOMINATION_REVOKE_SIGNATURE_INVALID", 403)
    public static let exchangeManagementSignkeyRevokeSignatureInvalid = ErrorCode(
        1805, "EXCHANGE_MANAGEMENT_SIGNKEY_REVOKE_SIGNATURE_INVALID", 403)
    public static let exchangeManagementWireMoreRecentPresent = ErrorCode(1806, "EXCHANGE_MANAGEMENT_WIRE_MORE_RECENT_PRESENT", 409)
    public static let exchangeManagementKeysSignkeyUnknown = ErrorCode(1807, "EXCHANGE_MANAGEMENT_KEYS_SIGNKEY_UNKNOWN", 404)
    public static let exchangeManagementWireDetailsSignatureInvalid = ErrorCode(
        1808, "EXCHANGE_MANAGEMENT_WIRE_DETAILS_SIGNATURE_INVALID", 403)
    public static let exchangeManagementWireAddSignatureInvalid = ErrorCode(1809, "EXCHANGE_MANAGEMENT_WIRE_ADD_SIGNATURE_INVALID", 403)
    public static let exchangeManagementWireDelSignatureInvalid = ErrorCode(1810, "EXCHANGE_MANAGEMENT_WIRE_DEL_SIGNATURE_INVALID", 403)
    public static let exchangeManagementWireNotFound = ErrorCode(1811, "EXCHANGE_MANAGEMENT_WIRE_NOT_FOUND", 404)
    public static let exchangeManagementWireFeeSignatureInvalid = ErrorCode(1812, "EXCHANGE_MANAGEMENT_WIRE_FEE_SIGNATURE_INVALID", 403)
    public static let exchangeManagementWireFeeMismatch = ErrorCode(1813, "EXCHANGE_MANAGEMENT_WIRE_FEE_MISMATCH", 409)
    public static let exchangeManagementKeysDenomkeyAddSignatureInvalid = ErrorCode(
        1814, "EXCHANGE_MANAGEMENT_KEYS_DENOMKEY_ADD_SIGNATURE_INVALID", 403)
    public static let exchangeManagementKeysSignkeyAddSignatureInvalid = ErrorCode(
        1815, "EXCHANGE_MANAGEMENT_KEYS_SIGNKEY_ADD_SIGNATURE_INVALID", 403)
    public static let exchangeManagementGlobalFeeMismatch = ErrorCode(1816, "EXCHANGE_MANAGEMENT_GLOBAL_FEE_MISMATCH", 409)
    public static let exchangeManagementGlobalFeeSignatureInvalid = ErrorCode(1817, "EXCHANGE_MANAGEMENT_GLOBAL_FEE_SIGNATURE_INVALID", 403)
    public static let exchangeManagementDrainProfitsSignatureInvalid = ErrorCode(
        1818, "EXCHANGE_MANAGEMENT_DRAIN_PROFITS_SIGNATURE_INVALID", 403)
    public static let exchangeAmlDecisionAddSignatureInvalid = ErrorCode(1825, "EXCHANGE_AML_DECISION_ADD_SIGNATURE_INVALID", 403)
    public static let exchangeAmlDecisionInvalidOfficer = ErrorCode(1826, "EXCHANGE_AML_DECISION_INVALID_OFFICER", 403)
    public static let exchangeAmlDecisionMoreRecentPresent = ErrorCode(1827, "EXCHANGE_AML_DECISION_MORE_RECENT_PRESENT", 409)
    public static let exchangeAmlDecisionUnknownCheck = ErrorCode(1828, "EXCHANGE_AML_DECISION_UNKNOWN_CHECK", 400)
    public static let exchangeManagementUpdateAmlOfficerSignatureInvalid = ErrorCode(
        1830, "EXCHANGE_MANAGEMENT_UPDATE_AML_OFFICER_SIGNATURE_INVALID", 403)
    public static let exchangeManagementAmlOfficersMoreRecentPresent = ErrorCode(
        1831, "EXCHANGE_MANAGEMENT_AML_OFFICERS_MORE_RECENT_PRESENT", 409)
    public static let exchangeManagementConflictingDenominationMetaData = ErrorCode(
        1832, "EXCHANGE_MANAGEMENT_CONFLICTING_DENOMINATION_META_DATA", 409)
    public static let exchangeManagementConflictingSignkeyMetaData = ErrorCode(
        1833, "EXCHANGE_MANAGEMENT_CONFLICTING_SIGNKEY_META_DATA", 409)
    public static let exchangePurseCreateConflictingMetaData = ErrorCode(1850, "EXCHANGE_PURSE_CREATE_CONFLICTING_META_DATA", 409)
    public static let exchangePurseCreateConflictingContractStored = ErrorCode(
        1851, "EXCHANGE_PURSE_CREATE_CONFLICTING_CONTRACT_STORED", 409)
    public static let exchangePurseCreateCoinSignatureInvalid = ErrorCode(1852, "EXCHANGE_PURSE_CREATE_COIN_SIGNATURE_INVALID", 403)
    public static let exchangePurseCreateExpirationBeforeNow = ErrorCode(1853, "EXCHANGE_PURSE_CREATE_EXPIRATION_BEFORE_NOW", 400)
    public static let exchangePurseCreateExpirationIsNever = ErrorCode(1854, "EXCHANGE_PURSE_CREATE_EXPIRATION_IS_NEVER", 400)
    public static let exchangePurseCreateSignatureInvalid = ErrorCode(1855, "EXCHANGE_PURSE_CREATE_SIGNATURE_INVALID", 403)
    public static let exchangePurseEcontractSignatureInvalid = ErrorCode(1856, "EXCHANGE_PURSE_ECONTRACT_SIGNATURE_INVALID", 403)
    public static let exchangePurseCreateExchangeSignatureInvalid = ErrorCode(1857, "EXCHANGE_PURSE_CREATE_EXCHANGE_SIGNATURE_INVALID", 0)
    public static let exchangePurseDepositConflictingMetaData = ErrorCode(1858, "EXCHANGE_PURSE_DEPOSIT_CONFLICTING_META_DATA", 409)
    public static let exchangePurseEcontractConflictingMetaData = ErrorCode(1859, "EXCHANGE_PURSE_ECONTRACT_CONFLICTING_META_DATA", 409)
    public static let exchangeCreatePurseNegativeValueAfterFee = ErrorCode(1860, "EXCHANGE_CREATE_PURSE_NEGATIVE_VALUE_AFTER_FEE", 400)
    public static let exchangePurseMergeInvalidMergeSignature = ErrorCode(1876, "EXCHANGE_PURSE_MERGE_INVALID_MERGE_SIGNATURE", 403)
    public static let exchangePurseMergeInvalidReserveSignature = ErrorCode(1877, "EXCHANGE_PURSE_MERGE_INVALID_RESERVE_SIGNATURE", 403)
    public static let exchangePurseNotFull = ErrorCode(1878, "EXCHANGE_PURSE_NOT_FULL", 409)
    public static let exchangePurseMergeExchangeSignatureInvalid = ErrorCode(1879, "EXCHANGE_PURSE_MERGE_EXCHANGE_SIGNATURE_INVALID", 0)
    public static let exchangeMergePursePartnerUnknown = ErrorCode(1880, "EXCHANGE_MERGE_PURSE_PARTNER_UNKNOWN", 404)
    public static let exchangeManagementAddPartnerSignatureInvalid = ErrorCode(
        1890, "EXCHANGE_MANAGEMENT_ADD_PARTNER_SIGNATURE_INVALID", 403)
    public static let exchangeManagementAddPartnerDataConflict = ErrorCode(1891, "EXCHANGE_MANAGEMENT_ADD_PARTNER_DATA_CONFLICT", 409)
    public static let exchangeAuditorsAuditorSignatureInvalid = ErrorCode(1900, "EXCHANGE_AUDITORS_AUDITOR_SIGNATURE_INVALID", 403)
    public static let exchangeAuditorsAuditorUnknown = ErrorCode(1901, "EXCHANGE_AUDITORS_AUDITOR_UNKNOWN", 412)
    public static let exchangeAuditorsAuditorInactive = ErrorCode(1902, "EXCHANGE_AUDITORS_AUDITOR_INACTIVE", 410)
    public static let exchangeKycInvalidFormSubmitted = ErrorCode(1917, "EXCHANGE_KYC_INVALID_FORM_SUBMITTED", 409)
    public static let exchangeKycGenericAmlProgramTimeout = ErrorCode(1918, "EXCHANGE_KYC_GENERIC_AML_PROGRAM_TIMEOUT", 500)
    public static let exchangeKycInfoAuthorizationFailed = ErrorCode(1919, "EXCHANGE_KYC_INFO_AUTHORIZATION_FAILED", 403)
    public static let exchangeKycRecursiveRuleDetected = ErrorCode(1920, "EXCHANGE_KYC_RECURSIVE_RULE_DETECTED", 500)
    public static let exchangeKycAmlFormIncomplete = ErrorCode(1921, "EXCHANGE_KYC_AML_FORM_INCOMPLETE", 400)
    public static let exchangeKycGenericAmlProgramGone = ErrorCode(1922, "EXCHANGE_KYC_GENERIC_AML_PROGRAM_GONE", 500)
    public static let exchangeKycNotAForm = ErrorCode(1923, "EXCHANGE_KYC_NOT_A_FORM", 400)
    public static let exchangeKycGenericCheckGone = ErrorCode(1924, "EXCHANGE_KYC_GENERIC_CHECK_GONE", 500)
    public static let exchangeKycWalletSignatureInvalid = ErrorCode(1925, "EXCHANGE_KYC_WALLET_SIGNATURE_INVALID", 403)
    public static let exchangeKycProofBackendInvalidResponse = ErrorCode(1926, "EXCHANGE_KYC_PROOF_BACKEND_INVALID_RESPONSE", 502)
    public static let exchangeKycProofBackendError = ErrorCode(1927, "EXCHANGE_KYC_PROOF_BACKEND_ERROR", 502)
    public static let exchangeKycProofBackendAuthorizationFailed = ErrorCode(1928, "EXCHANGE_KYC_PROOF_BACKEND_AUTHORIZATION_FAILED", 403)
    public static let exchangeKycProofRequestUnknown = ErrorCode(1929, "EXCHANGE_KYC_PROOF_REQUEST_UNKNOWN", 404)
    public static let exchangeKycCheckAuthorizationFailed = ErrorCode(1930, "EXCHANGE_KYC_CHECK_AUTHORIZATION_FAILED", 403)
    public static let exchangeKycGenericLogicUnknown = ErrorCode(1931, "EXCHANGE_KYC_GENERIC_LOGIC_UNKNOWN", 404)
    public static let exchangeKycGenericLogicGone = ErrorCode(1932, "EXCHANGE_KYC_GENERIC_LOGIC_GONE", 500)
    public static let exchangeKycGenericLogicBug = ErrorCode(1933, "EXCHANGE_KYC_GENERIC_LOGIC_BUG", 500)
    public static let exchangeKycGenericProviderAccessRefused = ErrorCode(1934, "EXCHANGE_KYC_GENERIC_PROVIDER_ACCESS_REFUSED", 511)
    public static let exchangeKycGenericProviderTimeout = ErrorCode(1935, "EXCHANGE_KYC_GENERIC_PROVIDER_TIMEOUT", 504)
    public static let exchangeKycGenericProviderUnexpectedReply = ErrorCode(1936, "EXCHANGE_KYC_GENERIC_PROVIDER_UNEXPECTED_REPLY", 502)
    public static let exchangeKycGenericProviderRateLimitExceeded = ErrorCode(
        1937, "EXCHANGE_KYC_GENERIC_PROVIDER_RATE_LIMIT_EXCEEDED", 503)
    public static let exchangeKycWebhookUnauthorized = ErrorCode(1938, "EXCHANGE_KYC_WEBHOOK_UNAUTHORIZED", 401)
    public static let exchangeKycCheckRequestUnknown = ErrorCode(1939, "EXCHANGE_KYC_CHECK_REQUEST_UNKNOWN", 404)
    public static let exchangeKycCheckAuthorizationKeyUnknown = ErrorCode(1940, "EXCHANGE_KYC_CHECK_AUTHORIZATION_KEY_UNKNOWN", 409)
    public static let exchangeKycFormAlreadyUploaded = ErrorCode(1941, "EXCHANGE_KYC_FORM_ALREADY_UPLOADED", 409)
    public static let exchangeKycMeasuresMalformed = ErrorCode(1942, "EXCHANGE_KYC_MEASURES_MALFORMED", 500)
    public static let exchangeKycMeasureIndexInvalid = ErrorCode(1943, "EXCHANGE_KYC_MEASURE_INDEX_INVALID", 404)
    public static let exchangeKycInvalidLogicToCheck = ErrorCode(1944, "EXCHANGE_KYC_INVALID_LOGIC_TO_CHECK", 409)
    public static let exchangeKycAmlProgramFailure = ErrorCode(1945, "EXCHANGE_KYC_AML_PROGRAM_FAILURE", 500)
    public static let exchangeKycAmlProgramMalformedResult = ErrorCode(1946, "EXCHANGE_KYC_AML_PROGRAM_MALFORMED_RESULT", 500)
    public static let exchangeKycGenericProviderIncompleteReply = ErrorCode(1947, "EXCHANGE_KYC_GENERIC_PROVIDER_INCOMPLETE_REPLY", 502)
    public static let exchangeKycGenericProviderIncompleteContext = ErrorCode(1948, "EXCHANGE_KYC_GENERIC_PROVIDER_INCOMPLETE_CONTEXT", 500)
    public static let exchangeKycGenericAmlLogicBug = ErrorCode(1949, "EXCHANGE_KYC_GENERIC_AML_LOGIC_BUG", 500)
    public static let exchangeContractsUnknown = ErrorCode(1950, "EXCHANGE_CONTRACTS_UNKNOWN", 404)
    public static let exchangeContractsInvalidContractPub = ErrorCode(1951, "EXCHANGE_CONTRACTS_INVALID_CONTRACT_PUB", 400)
    public static let exchangeContractsDecryptionFailed = ErrorCode(1952, "EXCHANGE_CONTRACTS_DECRYPTION_FAILED", 0)
    public static let exchangeContractsSignatureInvalid = ErrorCode(1953, "EXCHANGE_CONTRACTS_SIGNATURE_INVALID", 0)
    public static let exchangeContractsDecodingFailed = ErrorCode(1954, "EXCHANGE_CONTRACTS_DECODING_FAILED", 0)
    public static let exchangePurseDepositCoinSignatureInvalid = ErrorCode(1975, "EXCHANGE_PURSE_DEPOSIT_COIN_SIGNATURE_INVALID", 403)
    public static let exchangePurseDepositDecidedAlready = ErrorCode(1976, "EXCHANGE_PURSE_DEPOSIT_DECIDED_ALREADY", 410)
    public static let exchangeKycInfoBusy = ErrorCode(1977, "EXCHANGE_KYC_INFO_BUSY", 202)
    public static let exchangeTotpKeyInvalid = ErrorCode(1980, "EXCHANGE_TOTP_KEY_INVALID", 0)

    static let exchange: [ErrorCode] = [
        .exchangeGenericBadConfiguration, .exchangeGenericOperationUnknown, .exchangeGenericWrongNumberOfSegments,
        .exchangeGenericCoinConflictingDenominationKey, .exchangeGenericCoinsInvalidCoinPub, .exchangeGenericDenominationKeyUnknown,
        .exchangeDenominationSignatureInvalid, .exchangeGenericKeysMissing, .exchangeGenericDenominationValidityInFuture,
        .exchangeGenericDenominationExpired, .exchangeGenericDenominationRevoked, .exchangeGenericSecmodTimeout,
        .exchangeGenericInsufficientFunds, .exchangeGenericCoinHistoryComputationFailed, .exchangeGenericHistoryDbErrorInsufficientFunds,
        .exchangeGenericCoinConflictingAgeHash, .exchangeGenericInvalidDenominationCipherForOperation, .exchangeGenericCipherMismatch,
        .exchangeGenericNewDenomsArraySizeExcessive, .exchangeGenericCoinUnknown, .exchangeGenericClockSkew,
        .exchangeGenericAmountExceedsDenominationValue, .exchangeGenericGlobalFeesMissing, .exchangeGenericWireFeesMissing,
        .exchangeGenericPursePubMalformed, .exchangeGenericPurseUnknown, .exchangeGenericPurseExpired, .exchangeGenericReserveUnknown,
        .exchangeGenericKycRequired, .exchangePurseDepositCoinConflictingAttestVsAgeCommitment,
        .exchangePurseDepositCoinAgeAttestationFailure, .exchangeGenericPurseDeleted, .exchangeGenericAmlOfficerPubMalformed,
        .exchangeGenericAmlOfficerGetSignatureInvalid, .exchangeGenericAmlOfficerAccessDenied, .exchangeGenericAmlPending,
        .exchangeGenericAmlFrozen, .exchangeGenericKycConverterFailed, .exchangeGenericKycFailed, .exchangeGenericKycFallbackFailed,
        .exchangeGenericKycFallbackUnknown, .exchangeGenericBankAccountUnknown, .exchangeGenericAmlProgramRecursionDetected,
        .exchangeGenericKycSanctionListCheckFailed, .exchangeGenericTypstTemplateFailure, .exchangeGenericPdftkFailure,
        .exchangeGenericTypstCrash, .exchangeGenericPdftkCrash, .exchangeGenericNoTypstOrPdftk, .exchangeGenericTargetAccountUnknown,
        .exchangeGenericAmlOfficerReadOnly, .exchangeDepositsGetNotFound, .exchangeDepositsGetInvalidHWire,
        .exchangeDepositsGetInvalidMerchantPub, .exchangeDepositsGetInvalidHContractTerms, .exchangeDepositsGetInvalidCoinPub,
        .exchangeDepositsGetInvalidSignatureByExchange, .exchangeDepositsGetMerchantSignatureInvalid, .exchangeDepositsPolicyNotAccepted,
        .exchangeWithdrawInsufficientFunds, .exchangeAgeWithdrawInsufficientFunds, .exchangeWithdrawAmountFeeOverflow,
        .exchangeWithdrawSignatureFailed, .exchangeWithdrawReserveSignatureInvalid, .exchangeReserveHistoryErrorInsufficientFunds,
        .exchangeGetReserveHistoryErrorInsufficientBalance, .exchangeWithdrawDenominationKeyLost, .exchangeWithdrawUnblindFailure,
        .exchangeWithdrawNonceReuse, .exchangeWithdrawCommitmentUnknown, .exchangeWithdrawAmountOverflow,
        .exchangeAgeWithdrawAmountIncorrect, .exchangeWithdrawRevealInvalidHash, .exchangeWithdrawMaximumAgeTooLarge,
        .exchangeWithdrawAgeMaskMismatch, .exchangeWithdrawIdempotentPlanchet, .exchangeDepositCoinSignatureInvalid,
        .exchangeDepositConflictingContract, .exchangeDepositNegativeValueAfterFee, .exchangeDepositRefundDeadlineAfterWireDeadline,
        .exchangeDepositWireDeadlineIsNever, .exchangeDepositInvalidWireFormatJson, .exchangeDepositInvalidWireFormatContractHashConflict,
        .exchangeDepositInvalidSignatureByExchange, .exchangeDepositFeeAboveAmount, .exchangeExtensionsInvalidFulfillment,
        .exchangeCoinHistoryBadSignature, .exchangeReserveHistoryBadSignature, .exchangeMeltFeesExceedContribution,
        .exchangeMeltCoinSignatureInvalid, .exchangeMeltCoinExpiredNoZombie, .exchangeMeltInvalidSignatureByExchange,
        .exchangeRefreshesRevealCommitmentViolation, .exchangeRefreshesRevealSigningError, .exchangeRefreshesRevealSessionUnknown,
        .exchangeRefreshesRevealCncTransferArraySizeInvalid, .exchangeRefreshesRevealNewDenomsArraySizeMismatch,
        .exchangeRefreshesRevealCostCalculationOverflow, .exchangeRefreshesRevealAmountInsufficient,
        .exchangeRefreshesRevealLinkSignatureInvalid, .exchangeRefreshesRevealInvalidRch, .exchangeRefreshesRevealOperationInvalid,
        .exchangeRefreshesRevealAgeRestrictionNotSupported, .exchangeRefreshesRevealAgeRestrictionCommitmentInvalid,
        .exchangeLinkCoinUnknown, .exchangeTransfersGetWtidMalformed, .exchangeTransfersGetWtidNotFound,
        .exchangeTransfersGetWireFeeNotFound, .exchangeTransfersGetWireFeeInconsistent, .exchangePursesInvalidWaitTarget,
        .exchangePursesGetInvalidSignatureByExchange, .exchangeRefundCoinNotFound, .exchangeRefundConflictDepositInsufficient,
        .exchangeRefundDepositNotFound, .exchangeRefundMerchantAlreadyPaid, .exchangeRefundFeeTooLow, .exchangeRefundFeeAboveAmount,
        .exchangeRefundMerchantSignatureInvalid, .exchangeRefundMerchantSigningFailed, .exchangeRefundInvalidSignatureByExchange,
        .exchangeRefundInvalidFailureProofByExchange, .exchangeRefundInconsistentAmount, .exchangeRecoupSignatureInvalid,
        .exchangeRecoupWithdrawNotFound, .exchangeRecoupCoinBalanceZero, .exchangeRecoupBlindingFailed, .exchangeRecoupCoinBalanceNegative,
        .exchangeRecoupNotEligible, .exchangeRecoupWithdrawBatchSizeMismatch, .exchangeRecoupWithdrawCommitmentMismatch,
        .exchangeRecoupWithdrawDenominationMismatch, .exchangeRecoupRefreshSignatureInvalid, .exchangeRecoupRefreshMeltNotFound,
        .exchangeRecoupRefreshBlindingFailed, .exchangeRecoupRefreshNotEligible, .exchangeRecoupRefreshBatchSizeMismatch,
        .exchangeRecoupRefreshCommitmentMismatch, .exchangeRecoupRefreshDenominationMismatch, .exchangeKeysTimetravelForbidden,
        .exchangeWireSignatureInvalid, .exchangeWireNoAccountsConfigured, .exchangeWireInvalidPaytoConfigured,
        .exchangeWireFeesNotConfigured, .exchangeReservesPurseCreateConflictingMetaData, .exchangeReservesPurseMergeConflictingMetaData,
        .exchangeReservesPurseCreateInsufficientFunds, .exchangeReservesPurseFeeTooLow, .exchangePurseDeleteAlreadyDecided,
        .exchangePurseDeleteSignatureInvalid, .exchangeReservesAgeRestrictionRequired, .exchangeDenominationHelperUnavailable,
        .exchangeDenominationHelperBug, .exchangeDenominationHelperTooEarly, .exchangePurseDepositExchangeSignatureInvalid,
        .exchangeSignkeyHelperUnavailable, .exchangeSignkeyHelperBug, .exchangeSignkeyHelperTooEarly, .exchangeSignkeyHelperOfflineMissing,
        .exchangeReservesPurseExpirationBeforeNow, .exchangeReservesPurseExpirationIsNever, .exchangeReservesPurseMergeSignatureInvalid,
        .exchangeReservesReserveMergeSignatureInvalid, .exchangeReservesOpenBadSignature, .exchangeReservesCloseBadSignature,
        .exchangeReservesAttestBadSignature, .exchangeReservesCloseNoTargetAccount, .exchangeReservesOpenInsufficientFunds,
        .exchangeReservesOpenCoinSignatureInvalid, .exchangeReservesOpenTimestampReuse, .exchangeManagementAuditorNotFound,
        .exchangeManagementAuditorMoreRecentPresent, .exchangeManagementAuditorAddSignatureInvalid,
        .exchangeManagementAuditorDelSignatureInvalid, .exchangeManagementDenominationRevokeSignatureInvalid,
        .exchangeManagementSignkeyRevokeSignatureInvalid, .exchangeManagementWireMoreRecentPresent, .exchangeManagementKeysSignkeyUnknown,
        .exchangeManagementWireDetailsSignatureInvalid, .exchangeManagementWireAddSignatureInvalid,
        .exchangeManagementWireDelSignatureInvalid, .exchangeManagementWireNotFound, .exchangeManagementWireFeeSignatureInvalid,
        .exchangeManagementWireFeeMismatch, .exchangeManagementKeysDenomkeyAddSignatureInvalid,
        .exchangeManagementKeysSignkeyAddSignatureInvalid, .exchangeManagementGlobalFeeMismatch,
        .exchangeManagementGlobalFeeSignatureInvalid, .exchangeManagementDrainProfitsSignatureInvalid,
        .exchangeAmlDecisionAddSignatureInvalid, .exchangeAmlDecisionInvalidOfficer, .exchangeAmlDecisionMoreRecentPresent,
        .exchangeAmlDecisionUnknownCheck, .exchangeManagementUpdateAmlOfficerSignatureInvalid,
        .exchangeManagementAmlOfficersMoreRecentPresent, .exchangeManagementConflictingDenominationMetaData,
        .exchangeManagementConflictingSignkeyMetaData, .exchangePurseCreateConflictingMetaData,
        .exchangePurseCreateConflictingContractStored, .exchangePurseCreateCoinSignatureInvalid, .exchangePurseCreateExpirationBeforeNow,
        .exchangePurseCreateExpirationIsNever, .exchangePurseCreateSignatureInvalid, .exchangePurseEcontractSignatureInvalid,
        .exchangePurseCreateExchangeSignatureInvalid, .exchangePurseDepositConflictingMetaData, .exchangePurseEcontractConflictingMetaData,
        .exchangeCreatePurseNegativeValueAfterFee, .exchangePurseMergeInvalidMergeSignature, .exchangePurseMergeInvalidReserveSignature,
        .exchangePurseNotFull, .exchangePurseMergeExchangeSignatureInvalid, .exchangeMergePursePartnerUnknown,
        .exchangeManagementAddPartnerSignatureInvalid, .exchangeManagementAddPartnerDataConflict, .exchangeAuditorsAuditorSignatureInvalid,
        .exchangeAuditorsAuditorUnknown, .exchangeAuditorsAuditorInactive, .exchangeKycInvalidFormSubmitted,
        .exchangeKycGenericAmlProgramTimeout, .exchangeKycInfoAuthorizationFailed, .exchangeKycRecursiveRuleDetected,
        .exchangeKycAmlFormIncomplete, .exchangeKycGenericAmlProgramGone, .exchangeKycNotAForm, .exchangeKycGenericCheckGone,
        .exchangeKycWalletSignatureInvalid, .exchangeKycProofBackendInvalidResponse, .exchangeKycProofBackendError,
        .exchangeKycProofBackendAuthorizationFailed, .exchangeKycProofRequestUnknown, .exchangeKycCheckAuthorizationFailed,
        .exchangeKycGenericLogicUnknown, .exchangeKycGenericLogicGone, .exchangeKycGenericLogicBug,
        .exchangeKycGenericProviderAccessRefused, .exchangeKycGenericProviderTimeout, .exchangeKycGenericProviderUnexpectedReply,
        .exchangeKycGenericProviderRateLimitExceeded, .exchangeKycWebhookUnauthorized, .exchangeKycCheckRequestUnknown,
        .exchangeKycCheckAuthorizationKeyUnknown, .exchangeKycFormAlreadyUploaded, .exchangeKycMeasuresMalformed,
        .exchangeKycMeasureIndexInvalid, .exchangeKycInvalidLogicToCheck, .exchangeKycAmlProgramFailure,
        .exchangeKycAmlProgramMalformedResult, .exchangeKycGenericProviderIncompleteReply, .exchangeKycGenericProviderIncompleteContext,
        .exchangeKycGenericAmlLogicBug, .exchangeContractsUnknown, .exchangeContractsInvalidContractPub,
        .exchangeContractsDecryptionFailed, .exchangeContractsSignatureInvalid, .exchangeContractsDecodingFailed,
        .exchangePurseDepositCoinSignatureInvalid, .exchangePurseDepositDecidedAlready, .exchangeKycInfoBusy, .exchangeTotpKeyInvalid,
    ]
}
