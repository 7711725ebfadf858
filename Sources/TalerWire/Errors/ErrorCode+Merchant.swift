// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension ErrorCode {
    public static let merchantGenericInstanceUnknown = ErrorCode(2000, "MERCHANT_GENERIC_INSTANCE_UNKNOWN", 404)
    public static let merchantGenericHoleInWireFeeStructure = ErrorCode(2001, "MERCHANT_GENERIC_HOLE_IN_WIRE_FEE_STRUCTURE", 0)
    public static let merchantGenericExchangeMasterKeyMismatch = ErrorCode(2002, "MERCHANT_GENERIC_EXCHANGE_MASTER_KEY_MISMATCH", 502)
    public static let merchantGenericCategoryUnknown = ErrorCode(2003, "MERCHANT_GENERIC_CATEGORY_UNKNOWN", 404)
    public static let merchantGenericUnitUnknown = ErrorCode(2004, "MERCHANT_GENERIC_UNIT_UNKNOWN", 404)
    public static let merchantGenericOrderUnknown = ErrorCode(2005, "MERCHANT_GENERIC_ORDER_UNKNOWN", 404)
    public static let merchantGenericProductUnknown = ErrorCode(2006, "MERCHANT_GENERIC_PRODUCT_UNKNOWN", 404)
    public static let merchantGenericRewardIdUnknown = ErrorCode(2007, "MERCHANT_GENERIC_REWARD_ID_UNKNOWN", 404)
    public static let merchantGenericDbContractContentInvalid = ErrorCode(2008, "MERCHANT_GENERIC_DB_CONTRACT_CONTENT_INVALID", 500)
    public static let merchantGenericContractHashDoesNotMatchOrder = ErrorCode(
        2009, "MERCHANT_GENERIC_CONTRACT_HASH_DOES_NOT_MATCH_ORDER", 403)
    public static let merchantGenericExchangeKeysFailure = ErrorCode(2010, "MERCHANT_GENERIC_EXCHANGE_KEYS_FAILURE", 502)
    public static let merchantGenericExchangeTimeout = ErrorCode(2011, "MERCHANT_GENERIC_EXCHANGE_TIMEOUT", 504)
    public static let merchantGenericExchangeConnectFailure = ErrorCode(2012, "MERCHANT_GENERIC_EXCHANGE_CONNECT_FAILURE", 500)
    public static let merchantGenericExchangeReplyMalformed = ErrorCode(2013, "MERCHANT_GENERIC_EXCHANGE_REPLY_MALFORMED", 502)
    public static let merchantGenericExchangeUnexpectedStatus = ErrorCode(2014, "MERCHANT_GENERIC_EXCHANGE_UNEXPECTED_STATUS", 502)
    public static let merchantGenericUnauthorized = ErrorCode(2015, "MERCHANT_GENERIC_UNAUTHORIZED", 401)
    public static let merchantGenericInstanceDeleted = ErrorCode(2016, "MERCHANT_GENERIC_INSTANCE_DELETED", 404)
    public static let merchantGenericTransferUnknown = ErrorCode(2017, "MERCHANT_GENERIC_TRANSFER_UNKNOWN", 404)
    public static let merchantGenericTemplateUnknown = ErrorCode(2018, "MERCHANT_GENERIC_TEMPLATE_UNKNOWN", 404)
    public static let merchantGenericWebhookUnknown = ErrorCode(2019, "MERCHANT_GENERIC_WEBHOOK_UNKNOWN", 404)
    public static let merchantGenericPendingWebhookUnknown = ErrorCode(2020, "MERCHANT_GENERIC_PENDING_WEBHOOK_UNKNOWN", 404)
    public static let merchantGenericOtpDeviceUnknown = ErrorCode(2021, "MERCHANT_GENERIC_OTP_DEVICE_UNKNOWN", 404)
    public static let merchantGenericAccountUnknown = ErrorCode(2022, "MERCHANT_GENERIC_ACCOUNT_UNKNOWN", 404)
    public static let merchantGenericHWireMalformed = ErrorCode(2023, "MERCHANT_GENERIC_H_WIRE_MALFORMED", 400)
    public static let merchantGenericCurrencyMismatch = ErrorCode(2024, "MERCHANT_GENERIC_CURRENCY_MISMATCH", 409)
    public static let merchantGenericExchangeUntrusted = ErrorCode(2025, "MERCHANT_GENERIC_EXCHANGE_UNTRUSTED", 400)
    public static let merchantGenericTokenFamilyUnknown = ErrorCode(2026, "MERCHANT_GENERIC_TOKEN_FAMILY_UNKNOWN", 404)
    public static let merchantGenericTokenKeyUnknown = ErrorCode(2027, "MERCHANT_GENERIC_TOKEN_KEY_UNKNOWN", 404)
    public static let merchantGenericDonauNotConfigured = ErrorCode(2028, "MERCHANT_GENERIC_DONAU_NOT_CONFIGURED", 501)
    public static let merchantExchangeSignPubUnknown = ErrorCode(2029, "MERCHANT_EXCHANGE_SIGN_PUB_UNKNOWN", 0)
    public static let merchantGenericFeatureNotAvailable = ErrorCode(2030, "MERCHANT_GENERIC_FEATURE_NOT_AVAILABLE", 501)
    public static let merchantGenericMfaMissing = ErrorCode(2031, "MERCHANT_GENERIC_MFA_MISSING", 403)
    public static let merchantGenericDonauInvalidResponse = ErrorCode(2032, "MERCHANT_GENERIC_DONAU_INVALID_RESPONSE", 502)
    public static let merchantGenericUnitBuiltin = ErrorCode(2033, "MERCHANT_GENERIC_UNIT_BUILTIN", 409)
    public static let merchantGenericReportUnknown = ErrorCode(2034, "MERCHANT_GENERIC_REPORT_UNKNOWN", 404)
    public static let merchantGenericReportGeneratorUnconfigured = ErrorCode(2035, "MERCHANT_GENERIC_REPORT_GENERATOR_UNCONFIGURED", 501)
    public static let merchantGenericProductGroupUnknown = ErrorCode(2036, "MERCHANT_GENERIC_PRODUCT_GROUP_UNKNOWN", 404)
    public static let merchantGenericMoneyPotUnknown = ErrorCode(2037, "MERCHANT_GENERIC_MONEY_POT_UNKNOWN", 404)
    public static let merchantGenericSessionUnknown = ErrorCode(2038, "MERCHANT_GENERIC_SESSION_UNKNOWN", 404)
    public static let merchantGenericDonauCharityUnknown = ErrorCode(2039, "MERCHANT_GENERIC_DONAU_CHARITY_UNKNOWN", 404)
    public static let merchantGenericExpectedTransferUnknown = ErrorCode(2040, "MERCHANT_GENERIC_EXPECTED_TRANSFER_UNKNOWN", 404)
    public static let merchantGenericDonauUnknown = ErrorCode(2041, "MERCHANT_GENERIC_DONAU_UNKNOWN", 404)
    public static let merchantGenericAccessTokenUnknown = ErrorCode(2042, "MERCHANT_GENERIC_ACCESS_TOKEN_UNKNOWN", 404)
    public static let merchantGenericFountainUnknown = ErrorCode(2043, "MERCHANT_GENERIC_FOUNTAIN_UNKNOWN", 404)
    public static let merchantGenericNoTypstOrPdftk = ErrorCode(2048, "MERCHANT_GENERIC_NO_TYPST_OR_PDFTK", 501)
    public static let merchantGetOrdersExchangeTrackingFailure = ErrorCode(2100, "MERCHANT_GET_ORDERS_EXCHANGE_TRACKING_FAILURE", 200)
    public static let merchantGetOrdersIdExchangeRequestFailure = ErrorCode(2103, "MERCHANT_GET_ORDERS_ID_EXCHANGE_REQUEST_FAILURE", 500)
    public static let merchantGetOrdersIdExchangeLookupStartFailure = ErrorCode(
        2104, "MERCHANT_GET_ORDERS_ID_EXCHANGE_LOOKUP_START_FAILURE", 500)
    public static let merchantGetOrdersIdInvalidToken = ErrorCode(2105, "MERCHANT_GET_ORDERS_ID_INVALID_TOKEN", 403)
    public static let merchantGetOrdersIdInvalidContractHash = ErrorCode(2106, "MERCHANT_GET_ORDERS_ID_INVALID_CONTRACT_HASH", 403)
    public static let merchantGetOrdersIdInvalidContractVersion = ErrorCode(2107, "MERCHANT_GET_ORDERS_ID_INVALID_CONTRACT_VERSION", 500)
    public static let merchantTanChallengeFailed = ErrorCode(2125, "MERCHANT_TAN_CHALLENGE_FAILED", 409)
    public static let merchantTanChallengeUnknown = ErrorCode(2126, "MERCHANT_TAN_CHALLENGE_UNKNOWN", 404)
    public static let merchantTanTooManyAttempts = ErrorCode(2127, "MERCHANT_TAN_TOO_MANY_ATTEMPTS", 429)
    public static let merchantTanMfaHelperExecFailed = ErrorCode(2128, "MERCHANT_TAN_MFA_HELPER_EXEC_FAILED", 502)
    public static let merchantTanChallengeSolved = ErrorCode(2129, "MERCHANT_TAN_CHALLENGE_SOLVED", 410)
    public static let merchantTanTooEarly = ErrorCode(2130, "MERCHANT_TAN_TOO_EARLY", 429)
    public static let merchantMfaForbidden = ErrorCode(2131, "MERCHANT_MFA_FORBIDDEN", 403)
    public static let merchantTanAddressUnusable = ErrorCode(2132, "MERCHANT_TAN_ADDRESS_UNUSABLE", 400)
    public static let merchantTanAddressUnreachable = ErrorCode(2133, "MERCHANT_TAN_ADDRESS_UNREACHABLE", 503)
    public static let merchantTanHelperMisconfigured = ErrorCode(2134, "MERCHANT_TAN_HELPER_MISCONFIGURED", 500)
    public static let merchantPostOrdersIdPayInsufficientFunds = ErrorCode(2150, "MERCHANT_POST_ORDERS_ID_PAY_INSUFFICIENT_FUNDS", 409)
    public static let merchantPostOrdersIdPayDenominationKeyNotFound = ErrorCode(
        2151, "MERCHANT_POST_ORDERS_ID_PAY_DENOMINATION_KEY_NOT_FOUND", 400)
    public static let merchantPostOrdersIdPayDenominationKeyAuditorFailure = ErrorCode(
        2152, "MERCHANT_POST_ORDERS_ID_PAY_DENOMINATION_KEY_AUDITOR_FAILURE", 400)
    public static let merchantPostOrdersIdPayAmountOverflow = ErrorCode(2153, "MERCHANT_POST_ORDERS_ID_PAY_AMOUNT_OVERFLOW", 500)
    public static let merchantPostOrdersIdPayFeesExceedPayment = ErrorCode(2154, "MERCHANT_POST_ORDERS_ID_PAY_FEES_EXCEED_PAYMENT", 400)
    public static let merchantPostOrdersIdPayInsufficientDueToFees = ErrorCode(
        2155, "MERCHANT_POST_ORDERS_ID_PAY_INSUFFICIENT_DUE_TO_FEES", 400)
    public static let merchantPostOrdersIdPayPaymentInsufficient = ErrorCode(2156, "MERCHANT_POST_ORDERS_ID_PAY_PAYMENT_INSUFFICIENT", 400)
    public static let merchantPostOrdersIdPayCoinSignatureInvalid = ErrorCode(
        2157, "MERCHANT_POST_ORDERS_ID_PAY_COIN_SIGNATURE_INVALID", 403)
    public static let merchantPostOrdersIdPayExchangeLookupFailed = ErrorCode(
        2158, "MERCHANT_POST_ORDERS_ID_PAY_EXCHANGE_LOOKUP_FAILED", 500)
    public static let merchantPostOrdersIdPayRefundDeadlinePastWireTransferDeadline = ErrorCode(
        2159, "MERCHANT_POST_ORDERS_ID_PAY_REFUND_DEADLINE_PAST_WIRE_TRANSFER_DEADLINE", 500)
    public static let merchantPostOrdersIdPayAlreadyPaid = ErrorCode(2160, "MERCHANT_POST_ORDERS_ID_PAY_ALREADY_PAID", 409)
    public static let merchantPostOrdersIdPayOfferExpired = ErrorCode(2161, "MERCHANT_POST_ORDERS_ID_PAY_OFFER_EXPIRED", 410)
    public static let merchantPostOrdersIdPayMerchantFieldMissing = ErrorCode(
        2162, "MERCHANT_POST_ORDERS_ID_PAY_MERCHANT_FIELD_MISSING", 500)
    public static let merchantPostOrdersIdPayWireHashUnknown = ErrorCode(2163, "MERCHANT_POST_ORDERS_ID_PAY_WIRE_HASH_UNKNOWN", 500)
    public static let merchantPostOrdersIdPayDenominationDepositExpired = ErrorCode(
        2165, "MERCHANT_POST_ORDERS_ID_PAY_DENOMINATION_DEPOSIT_EXPIRED", 410)
    public static let merchantPostOrdersIdPayExchangeWireFeeAdditionFailed = ErrorCode(
        2166, "MERCHANT_POST_ORDERS_ID_PAY_EXCHANGE_WIRE_FEE_ADDITION_FAILED", 500)
    public static let merchantPostOrdersIdPayRefunded = ErrorCode(2167, "MERCHANT_POST_ORDERS_ID_PAY_REFUNDED", 402)
    public static let merchantPostOrdersIdPayRefundsExceedPayments = ErrorCode(
        2168, "MERCHANT_POST_ORDERS_ID_PAY_REFUNDS_EXCEED_PAYMENTS", 500)
    public static let merchantPrivatePostRefundAfterWireDeadline = ErrorCode(2169, "MERCHANT_PRIVATE_POST_REFUND_AFTER_WIRE_DEADLINE", 410)
    public static let merchantPostOrdersIdPayExchangeFailed = ErrorCode(2170, "MERCHANT_POST_ORDERS_ID_PAY_EXCHANGE_FAILED", 502)
    public static let merchantPostOrdersIdPayAgeCommitmentMissing = ErrorCode(
        2171, "MERCHANT_POST_ORDERS_ID_PAY_AGE_COMMITMENT_MISSING", 400)
    public static let merchantPostOrdersIdPayAgeCommitmentSizeMismatch = ErrorCode(
        2172, "MERCHANT_POST_ORDERS_ID_PAY_AGE_COMMITMENT_SIZE_MISMATCH", 400)
    public static let merchantPostOrdersIdPayAgeVerificationFailed = ErrorCode(
        2173, "MERCHANT_POST_ORDERS_ID_PAY_AGE_VERIFICATION_FAILED", 400)
    public static let merchantPostOrdersIdPayAgeCommitmentHashMissing = ErrorCode(
        2174, "MERCHANT_POST_ORDERS_ID_PAY_AGE_COMMITMENT_HASH_MISSING", 400)
    public static let merchantPostOrdersIdPayWireMethodUnsupported = ErrorCode(
        2175, "MERCHANT_POST_ORDERS_ID_PAY_WIRE_METHOD_UNSUPPORTED", 409)
    public static let merchantPostOrdersIdPayChoiceIndexMissing = ErrorCode(2176, "MERCHANT_POST_ORDERS_ID_PAY_CHOICE_INDEX_MISSING", 400)
    public static let merchantPostOrdersIdPayChoiceIndexOutOfBounds = ErrorCode(
        2177, "MERCHANT_POST_ORDERS_ID_PAY_CHOICE_INDEX_OUT_OF_BOUNDS", 400)
    public static let merchantPostOrdersIdPayInputTokensMismatch = ErrorCode(2178, "MERCHANT_POST_ORDERS_ID_PAY_INPUT_TOKENS_MISMATCH", 400)
    public static let merchantPostOrdersIdPayTokenIssueSigInvalid = ErrorCode(
        2179, "MERCHANT_POST_ORDERS_ID_PAY_TOKEN_ISSUE_SIG_INVALID", 400)
    public static let merchantPostOrdersIdPayTokenUseSigInvalid = ErrorCode(2180, "MERCHANT_POST_ORDERS_ID_PAY_TOKEN_USE_SIG_INVALID", 400)
    public static let merchantPostOrdersIdPayTokenCountMismatch = ErrorCode(2181, "MERCHANT_POST_ORDERS_ID_PAY_TOKEN_COUNT_MISMATCH", 400)
    public static let merchantPostOrdersIdPayTokenEnvelopeCountMismatch = ErrorCode(
        2182, "MERCHANT_POST_ORDERS_ID_PAY_TOKEN_ENVELOPE_COUNT_MISMATCH", 400)
    public static let merchantPostOrdersIdPayTokenInvalid = ErrorCode(2183, "MERCHANT_POST_ORDERS_ID_PAY_TOKEN_INVALID", 409)
    public static let merchantPostOrdersIdPayExchangeTransactionLimitViolation = ErrorCode(
        2184, "MERCHANT_POST_ORDERS_ID_PAY_EXCHANGE_TRANSACTION_LIMIT_VIOLATION", 400)
    public static let merchantPostOrdersIdPayDonationAmountMismatch = ErrorCode(
        2185, "MERCHANT_POST_ORDERS_ID_PAY_DONATION_AMOUNT_MISMATCH", 409)
    public static let merchantPostOrdersIdPayExchangeLegallyRefused = ErrorCode(
        2186, "MERCHANT_POST_ORDERS_ID_PAY_EXCHANGE_LEGALLY_REFUSED", 451)
    public static let merchantPostOrdersIdPayChoiceIndexMismatch = ErrorCode(2187, "MERCHANT_POST_ORDERS_ID_PAY_CHOICE_INDEX_MISMATCH", 409)
    public static let merchantPostOrdersIdPayDonauReceiptsDelayed = ErrorCode(
        2188, "MERCHANT_POST_ORDERS_ID_PAY_DONAU_RECEIPTS_DELAYED", 502)
    public static let merchantPostOrdersIdPayDonauReceiptsRefused = ErrorCode(
        2189, "MERCHANT_POST_ORDERS_ID_PAY_DONAU_RECEIPTS_REFUSED", 502)
    public static let merchantPostOrdersIdPayReplayAfterRefund = ErrorCode(2190, "MERCHANT_POST_ORDERS_ID_PAY_REPLAY_AFTER_REFUND", 409)
    public static let merchantPostOrdersIdPayDonationYearInvalid = ErrorCode(2191, "MERCHANT_POST_ORDERS_ID_PAY_DONATION_YEAR_INVALID", 409)
    public static let merchantPostOrdersIdPaidContractHashMismatch = ErrorCode(
        2200, "MERCHANT_POST_ORDERS_ID_PAID_CONTRACT_HASH_MISMATCH", 400)
    public static let merchantPostOrdersIdPaidCoinSignatureInvalid = ErrorCode(
        2201, "MERCHANT_POST_ORDERS_ID_PAID_COIN_SIGNATURE_INVALID", 403)
    public static let merchantPostTokenFamilyConflict = ErrorCode(2225, "MERCHANT_POST_TOKEN_FAMILY_CONFLICT", 409)
    public static let merchantPatchTokenFamilyNotFound = ErrorCode(2226, "MERCHANT_PATCH_TOKEN_FAMILY_NOT_FOUND", 404)
    public static let merchantPostOrdersIdAbortExchangeRefundFailed = ErrorCode(
        2251, "MERCHANT_POST_ORDERS_ID_ABORT_EXCHANGE_REFUND_FAILED", 500)
    public static let merchantPostOrdersIdAbortExchangeLookupFailed = ErrorCode(
        2252, "MERCHANT_POST_ORDERS_ID_ABORT_EXCHANGE_LOOKUP_FAILED", 500)
    public static let merchantPostOrdersIdAbortContractNotFound = ErrorCode(2253, "MERCHANT_POST_ORDERS_ID_ABORT_CONTRACT_NOT_FOUND", 404)
    public static let merchantPostOrdersIdAbortRefundRefusedPaymentComplete = ErrorCode(
        2254, "MERCHANT_POST_ORDERS_ID_ABORT_REFUND_REFUSED_PAYMENT_COMPLETE", 412)
    public static let merchantPostOrdersIdAbortContractHashMissmatch = ErrorCode(
        2255, "MERCHANT_POST_ORDERS_ID_ABORT_CONTRACT_HASH_MISSMATCH", 403)
    public static let merchantPostOrdersIdAbortCoinsArrayEmpty = ErrorCode(2256, "MERCHANT_POST_ORDERS_ID_ABORT_COINS_ARRAY_EMPTY", 400)
    public static let merchantExchangeTransfersAwaitingKeys = ErrorCode(2258, "MERCHANT_EXCHANGE_TRANSFERS_AWAITING_KEYS", 202)
    public static let merchantExchangeTransfersAwaitingList = ErrorCode(2259, "MERCHANT_EXCHANGE_TRANSFERS_AWAITING_LIST", 202)
    public static let merchantExchangeTransfersFatalNoExchange = ErrorCode(2260, "MERCHANT_EXCHANGE_TRANSFERS_FATAL_NO_EXCHANGE", 200)
    public static let merchantExchangeTransfersFatalNotFound = ErrorCode(2261, "MERCHANT_EXCHANGE_TRANSFERS_FATAL_NOT_FOUND", 0)
    public static let merchantExchangeTransfersRateLimited = ErrorCode(2262, "MERCHANT_EXCHANGE_TRANSFERS_RATE_LIMITED", 202)
    public static let merchantExchangeTransfersTransientFailure = ErrorCode(2263, "MERCHANT_EXCHANGE_TRANSFERS_TRANSIENT_FAILURE", 202)
    public static let merchantExchangeTransfersHardFailure = ErrorCode(2264, "MERCHANT_EXCHANGE_TRANSFERS_HARD_FAILURE", 200)
    public static let merchantPostAccountsKycauthBankGatewayUnreachable = ErrorCode(
        2275, "MERCHANT_POST_ACCOUNTS_KYCAUTH_BANK_GATEWAY_UNREACHABLE", 502)
    public static let merchantPostAccountsExchangeTooOld = ErrorCode(2276, "MERCHANT_POST_ACCOUNTS_EXCHANGE_TOO_OLD", 502)
    public static let merchantPostAccountsKycauthExchangeUnreachable = ErrorCode(
        2277, "MERCHANT_POST_ACCOUNTS_KYCAUTH_EXCHANGE_UNREACHABLE", 502)
    public static let merchantPostOrdersIdClaimNotFound = ErrorCode(2300, "MERCHANT_POST_ORDERS_ID_CLAIM_NOT_FOUND", 404)
    public static let merchantPostOrdersIdClaimAlreadyClaimed = ErrorCode(2301, "MERCHANT_POST_ORDERS_ID_CLAIM_ALREADY_CLAIMED", 409)
    public static let merchantPostOrdersIdClaimClientInternalFailure = ErrorCode(
        2302, "MERCHANT_POST_ORDERS_ID_CLAIM_CLIENT_INTERNAL_FAILURE", 0)
    public static let merchantPostOrdersUnclaimSignatureInvalid = ErrorCode(2303, "MERCHANT_POST_ORDERS_UNCLAIM_SIGNATURE_INVALID", 403)
    public static let merchantPostOrdersIdRefundSignatureFailed = ErrorCode(2350, "MERCHANT_POST_ORDERS_ID_REFUND_SIGNATURE_FAILED", 0)
    public static let merchantRewardPickupUnblindFailure = ErrorCode(2400, "MERCHANT_REWARD_PICKUP_UNBLIND_FAILURE", 0)
    public static let merchantRewardPickupExchangeError = ErrorCode(2403, "MERCHANT_REWARD_PICKUP_EXCHANGE_ERROR", 502)
    public static let merchantRewardPickupSummationFailed = ErrorCode(2404, "MERCHANT_REWARD_PICKUP_SUMMATION_FAILED", 500)
    public static let merchantRewardPickupHasExpired = ErrorCode(2405, "MERCHANT_REWARD_PICKUP_HAS_EXPIRED", 410)
    public static let merchantRewardPickupAmountExceedsRewardRemaining = ErrorCode(
        2406, "MERCHANT_REWARD_PICKUP_AMOUNT_EXCEEDS_REWARD_REMAINING", 400)
    public static let merchantRewardPickupDenominationUnknown = ErrorCode(2407, "MERCHANT_REWARD_PICKUP_DENOMINATION_UNKNOWN", 409)
    public static let merchantPrivatePostOrdersInstanceConfigurationLacksWire = ErrorCode(
        2500, "MERCHANT_PRIVATE_POST_ORDERS_INSTANCE_CONFIGURATION_LACKS_WIRE", 404)
    public static let merchantPrivatePostOrdersNoLocaltime = ErrorCode(2501, "MERCHANT_PRIVATE_POST_ORDERS_NO_LOCALTIME", 500)
    public static let merchantPrivatePostOrdersProposalParseError = ErrorCode(
        2502, "MERCHANT_PRIVATE_POST_ORDERS_PROPOSAL_PARSE_ERROR", 400)
    public static let merchantPrivatePostOrdersAlreadyExists = ErrorCode(2503, "MERCHANT_PRIVATE_POST_ORDERS_ALREADY_EXISTS", 409)
    public static let merchantPrivatePostOrdersRefundAfterWireDeadline = ErrorCode(
        2504, "MERCHANT_PRIVATE_POST_ORDERS_REFUND_AFTER_WIRE_DEADLINE", 400)
    public static let merchantPrivatePostOrdersDeliveryDateInPast = ErrorCode(
        2505, "MERCHANT_PRIVATE_POST_ORDERS_DELIVERY_DATE_IN_PAST", 400)
    public static let merchantPrivatePostOrdersWireDeadlineIsNever = ErrorCode(
        2506, "MERCHANT_PRIVATE_POST_ORDERS_WIRE_DEADLINE_IS_NEVER", 400)
    public static let merchantPrivatePostOrdersPayDeadlineInPast = ErrorCode(2507, "MERCHANT_PRIVATE_POST_ORDERS_PAY_DEADLINE_IN_PAST", 400)
    public static let merchantPrivatePostOrdersRefundDeadlineInPast = ErrorCode(
        2508, "MERCHANT_PRIVATE_POST_ORDERS_REFUND_DEADLINE_IN_PAST", 400)
    public static let merchantPrivatePostOrdersNoExchangesForWireMethod = ErrorCode(
        2509, "MERCHANT_PRIVATE_POST_ORDERS_NO_EXCHANGES_FOR_WIRE_METHOD", 409)
    public static let merchantPrivatePatchOrdersIdForgetPathSyntaxIncorrect = ErrorCode(
        2510, "MERCHANT_PRIVATE_PATCH_ORDERS_ID_FORGET_PATH_SYNTAX_INCORRECT", 400)
    public static let merchantPrivatePatchOrdersIdForgetPathNotForgettable = ErrorCode(
        2511, "MERCHANT_PRIVATE_PATCH_ORDERS_ID_FORGET_PATH_NOT_FORGETTABLE", 409)
    public static let merchantPostOrdersIdRefundExchangeTransactionLimitViolation = ErrorCode(
        2512, "MERCHANT_POST_ORDERS_ID_REFUND_EXCHANGE_TRANSACTION_LIMIT_VIOLATION", 451)
    public static let merchantPrivatePostOrdersAmountExceedsLegalLimits = ErrorCode(
        2513, "MERCHANT_PRIVATE_POST_ORDERS_AMOUNT_EXCEEDS_LEGAL_LIMITS", 451)
    public static let merchantPrivatePostOrdersNoExchangeForCurrency = ErrorCode(
        2514, "MERCHANT_PRIVATE_POST_ORDERS_NO_EXCHANGE_FOR_CURRENCY", 409)
    public static let merchantPrivateDeleteOrdersAwaitingPayment = ErrorCode(2520, "MERCHANT_PRIVATE_DELETE_ORDERS_AWAITING_PAYMENT", 409)
    public static let merchantPrivateDeleteOrdersAlreadyPaid = ErrorCode(2521, "MERCHANT_PRIVATE_DELETE_ORDERS_ALREADY_PAID", 409)
    public static let merchantPrivateGetStatisticsReportGranularityUnavailable = ErrorCode(
        2525, "MERCHANT_PRIVATE_GET_STATISTICS_REPORT_GRANULARITY_UNAVAILABLE", 410)
    public static let merchantPrivatePostOrdersIdRefundInconsistentAmount = ErrorCode(
        2530, "MERCHANT_PRIVATE_POST_ORDERS_ID_REFUND_INCONSISTENT_AMOUNT", 409)
    public static let merchantPrivatePostOrdersIdRefundOrderUnpaid = ErrorCode(
        2531, "MERCHANT_PRIVATE_POST_ORDERS_ID_REFUND_ORDER_UNPAID", 409)
    public static let merchantPrivatePostOrdersIdRefundNotAllowedByContract = ErrorCode(
        2532, "MERCHANT_PRIVATE_POST_ORDERS_ID_REFUND_NOT_ALLOWED_BY_CONTRACT", 403)
    public static let merchantPrivatePostOrdersTokenFamilySlugUnknown = ErrorCode(
        2533, "MERCHANT_PRIVATE_POST_ORDERS_TOKEN_FAMILY_SLUG_UNKNOWN", 404)
    public static let merchantPrivatePostOrdersTokenFamilyNotValid = ErrorCode(
        2534, "MERCHANT_PRIVATE_POST_ORDERS_TOKEN_FAMILY_NOT_VALID", 409)
    public static let merchantPrivatePostOrdersIdCollectNotFree = ErrorCode(2535, "MERCHANT_PRIVATE_POST_ORDERS_ID_COLLECT_NOT_FREE", 409)
    public static let merchantPrivatePostOrdersIdCollectAlreadyClaimed = ErrorCode(
        2536, "MERCHANT_PRIVATE_POST_ORDERS_ID_COLLECT_ALREADY_CLAIMED", 409)
    public static let merchantPrivateDeleteOrdersExternallyPaid = ErrorCode(2537, "MERCHANT_PRIVATE_DELETE_ORDERS_EXTERNALLY_PAID", 409)
    public static let merchantPrivatePostOrdersIdRefundExternalInconsistentAmount = ErrorCode(
        2538, "MERCHANT_PRIVATE_POST_ORDERS_ID_REFUND_EXTERNAL_INCONSISTENT_AMOUNT", 409)
    public static let merchantPrivatePostOrdersIdRefundExternalAlreadyExists = ErrorCode(
        2539, "MERCHANT_PRIVATE_POST_ORDERS_ID_REFUND_EXTERNAL_ALREADY_EXISTS", 409)
    public static let merchantPrivatePostTransfersExchangeUnknown = ErrorCode(2550, "MERCHANT_PRIVATE_POST_TRANSFERS_EXCHANGE_UNKNOWN", 502)
    public static let merchantPrivatePostTransfersRequestError = ErrorCode(2551, "MERCHANT_PRIVATE_POST_TRANSFERS_REQUEST_ERROR", 502)
    public static let merchantPrivatePostTransfersConflictingTransfers = ErrorCode(
        2552, "MERCHANT_PRIVATE_POST_TRANSFERS_CONFLICTING_TRANSFERS", 409)
    public static let merchantPrivatePostTransfersConflictingReports = ErrorCode(
        2553, "MERCHANT_PRIVATE_POST_TRANSFERS_CONFLICTING_REPORTS", 409)
    public static let merchantPrivatePostTransfersBadWireFee = ErrorCode(2554, "MERCHANT_PRIVATE_POST_TRANSFERS_BAD_WIRE_FEE", 502)
    public static let merchantPrivatePostTransfersAccountNotFound = ErrorCode(
        2555, "MERCHANT_PRIVATE_POST_TRANSFERS_ACCOUNT_NOT_FOUND", 404)
    public static let merchantPrivateDeleteTransfersAlreadyConfirmed = ErrorCode(
        2556, "MERCHANT_PRIVATE_DELETE_TRANSFERS_ALREADY_CONFIRMED", 409)
    public static let merchantPrivatePostTransfersConflictingSubmission = ErrorCode(
        2557, "MERCHANT_PRIVATE_POST_TRANSFERS_CONFLICTING_SUBMISSION", 409)
    public static let merchantExchangeTransfersTargetAccountUnknown = ErrorCode(
        2558, "MERCHANT_EXCHANGE_TRANSFERS_TARGET_ACCOUNT_UNKNOWN", 0)
    public static let merchantExchangeTransfersConflictingTransfers = ErrorCode(
        2563, "MERCHANT_EXCHANGE_TRANSFERS_CONFLICTING_TRANSFERS", 0)
    public static let merchantReportGeneratorFailed = ErrorCode(2570, "MERCHANT_REPORT_GENERATOR_FAILED", 501)
    public static let merchantReportFetchFailed = ErrorCode(2571, "MERCHANT_REPORT_FETCH_FAILED", 502)
    public static let merchantPrivatePostInstancesAlreadyExists = ErrorCode(2600, "MERCHANT_PRIVATE_POST_INSTANCES_ALREADY_EXISTS", 409)
    public static let merchantPrivatePostInstancesBadAuth = ErrorCode(2601, "MERCHANT_PRIVATE_POST_INSTANCES_BAD_AUTH", 400)
    public static let merchantPrivatePostInstanceAuthBadAuth = ErrorCode(2602, "MERCHANT_PRIVATE_POST_INSTANCE_AUTH_BAD_AUTH", 400)
    public static let merchantPrivatePostInstancesPurgeRequired = ErrorCode(2603, "MERCHANT_PRIVATE_POST_INSTANCES_PURGE_REQUIRED", 409)
    public static let merchantPrivatePostInstanceAuthBadOldPassword = ErrorCode(
        2604, "MERCHANT_PRIVATE_POST_INSTANCE_AUTH_BAD_OLD_PASSWORD", 401)
    public static let merchantPrivatePatchInstancesPurgeRequired = ErrorCode(2625, "MERCHANT_PRIVATE_PATCH_INSTANCES_PURGE_REQUIRED", 409)
    public static let merchantPrivateAccountDeleteUnknownAccount = ErrorCode(2626, "MERCHANT_PRIVATE_ACCOUNT_DELETE_UNKNOWN_ACCOUNT", 404)
    public static let merchantPrivateAccountExists = ErrorCode(2627, "MERCHANT_PRIVATE_ACCOUNT_EXISTS", 409)
    public static let merchantPrivateAccountNotEligibleForExchange = ErrorCode(
        2628, "MERCHANT_PRIVATE_ACCOUNT_NOT_ELIGIBLE_FOR_EXCHANGE", 409)
    public static let merchantPrivatePostProductsConflictProductExists = ErrorCode(
        2650, "MERCHANT_PRIVATE_POST_PRODUCTS_CONFLICT_PRODUCT_EXISTS", 409)
    public static let merchantPrivatePostCategoriesConflictCategoryExists = ErrorCode(
        2651, "MERCHANT_PRIVATE_POST_CATEGORIES_CONFLICT_CATEGORY_EXISTS", 409)
    public static let merchantPrivatePatchProductsTotalLostReduced = ErrorCode(
        2660, "MERCHANT_PRIVATE_PATCH_PRODUCTS_TOTAL_LOST_REDUCED", 409)
    public static let merchantPrivatePatchProductsTotalLostExceedsStocks = ErrorCode(
        2661, "MERCHANT_PRIVATE_PATCH_PRODUCTS_TOTAL_LOST_EXCEEDS_STOCKS", 400)
    public static let merchantPrivatePatchProductsTotalStockedReduced = ErrorCode(
        2662, "MERCHANT_PRIVATE_PATCH_PRODUCTS_TOTAL_STOCKED_REDUCED", 409)
    public static let merchantPrivatePatchProductsTotalSoldReduced = ErrorCode(
        2663, "MERCHANT_PRIVATE_PATCH_PRODUCTS_TOTAL_SOLD_REDUCED", 409)
    public static let merchantPrivatePostProductsLockInsufficientStocks = ErrorCode(
        2670, "MERCHANT_PRIVATE_POST_PRODUCTS_LOCK_INSUFFICIENT_STOCKS", 410)
    public static let merchantPrivateDeleteProductsConflictingLock = ErrorCode(
        2680, "MERCHANT_PRIVATE_DELETE_PRODUCTS_CONFLICTING_LOCK", 409)
    public static let merchantPrivateProductGroupConflictingName = ErrorCode(2690, "MERCHANT_PRIVATE_PRODUCT_GROUP_CONFLICTING_NAME", 409)
    public static let merchantPrivateMoneyPotConflictingName = ErrorCode(2691, "MERCHANT_PRIVATE_MONEY_POT_CONFLICTING_NAME", 409)
    public static let merchantPrivateMoneyPotConflictingTotal = ErrorCode(2692, "MERCHANT_PRIVATE_MONEY_POT_CONFLICTING_TOTAL", 409)
    public static let merchantPrivatePostReservesUnsupportedWireMethod = ErrorCode(
        2700, "MERCHANT_PRIVATE_POST_RESERVES_UNSUPPORTED_WIRE_METHOD", 409)
    public static let merchantPrivatePostReservesRewardsNotAllowed = ErrorCode(
        2701, "MERCHANT_PRIVATE_POST_RESERVES_REWARDS_NOT_ALLOWED", 409)
    public static let merchantPrivateDeleteReservesNoSuchReserve = ErrorCode(2710, "MERCHANT_PRIVATE_DELETE_RESERVES_NO_SUCH_RESERVE", 404)
    public static let merchantPrivatePostRewardAuthorizeReserveExpired = ErrorCode(
        2750, "MERCHANT_PRIVATE_POST_REWARD_AUTHORIZE_RESERVE_EXPIRED", 410)
    public static let merchantPrivatePostRewardAuthorizeReserveUnknown = ErrorCode(
        2751, "MERCHANT_PRIVATE_POST_REWARD_AUTHORIZE_RESERVE_UNKNOWN", 503)
    public static let merchantPrivatePostRewardAuthorizeInsufficientFunds = ErrorCode(
        2752, "MERCHANT_PRIVATE_POST_REWARD_AUTHORIZE_INSUFFICIENT_FUNDS", 0)
    public static let merchantPrivatePostRewardAuthorizeReserveNotFound = ErrorCode(
        2753, "MERCHANT_PRIVATE_POST_REWARD_AUTHORIZE_RESERVE_NOT_FOUND", 503)
    public static let merchantPrivateGetOrdersIdAmountArithmeticFailure = ErrorCode(
        2800, "MERCHANT_PRIVATE_GET_ORDERS_ID_AMOUNT_ARITHMETIC_FAILURE", 200)
    public static let merchantPrivatePostTemplatesConflictTemplateExists = ErrorCode(
        2850, "MERCHANT_PRIVATE_POST_TEMPLATES_CONFLICT_TEMPLATE_EXISTS", 409)
    public static let merchantPrivatePostOtpDevicesConflictOtpDeviceExists = ErrorCode(
        2851, "MERCHANT_PRIVATE_POST_OTP_DEVICES_CONFLICT_OTP_DEVICE_EXISTS", 409)
    public static let merchantPrivatePatchOtpDevicesConflict = ErrorCode(2852, "MERCHANT_PRIVATE_PATCH_OTP_DEVICES_CONFLICT", 409)
    public static let merchantPostUsingTemplatesAmountConflictTemplatesContractAmount = ErrorCode(
        2860, "MERCHANT_POST_USING_TEMPLATES_AMOUNT_CONFLICT_TEMPLATES_CONTRACT_AMOUNT", 409)
    public static let merchantPostUsingTemplatesSummaryConflictTemplatesContractSubject = ErrorCode(
        2861, "MERCHANT_POST_USING_TEMPLATES_SUMMARY_CONFLICT_TEMPLATES_CONTRACT_SUBJECT", 409)
    public static let merchantPostUsingTemplatesNoAmount = ErrorCode(2862, "MERCHANT_POST_USING_TEMPLATES_NO_AMOUNT", 409)
    public static let merchantPostUsingTemplatesNoSummary = ErrorCode(2863, "MERCHANT_POST_USING_TEMPLATES_NO_SUMMARY", 409)
    public static let merchantPostUsingTemplatesWrongType = ErrorCode(2864, "MERCHANT_POST_USING_TEMPLATES_WRONG_TYPE", 409)
    public static let merchantPostUsingTemplatesWrongProduct = ErrorCode(2865, "MERCHANT_POST_USING_TEMPLATES_WRONG_PRODUCT", 409)
    public static let merchantPostUsingTemplatesNoCurrency = ErrorCode(2866, "MERCHANT_POST_USING_TEMPLATES_NO_CURRENCY", 409)
    public static let merchantPrivatePostWebhooksConflictWebhookExists = ErrorCode(
        2900, "MERCHANT_PRIVATE_POST_WEBHOOKS_CONFLICT_WEBHOOK_EXISTS", 409)
    public static let merchantPrivatePostPendingWebhooksConflictPendingWebhookExists = ErrorCode(
        2910, "MERCHANT_PRIVATE_POST_PENDING_WEBHOOKS_CONFLICT_PENDING_WEBHOOK_EXISTS", 409)
    public static let merchantPostFountainWithdrawGrantUnknown = ErrorCode(2950, "MERCHANT_POST_FOUNTAIN_WITHDRAW_GRANT_UNKNOWN", 409)
    public static let merchantPostFountainWithdrawSlotOutsideWindow = ErrorCode(
        2951, "MERCHANT_POST_FOUNTAIN_WITHDRAW_SLOT_OUTSIDE_WINDOW", 409)
    public static let merchantPostFountainWithdrawLimitExceeded = ErrorCode(2952, "MERCHANT_POST_FOUNTAIN_WITHDRAW_LIMIT_EXCEEDED", 429)

    static let merchant: [ErrorCode] = [
        .merchantGenericInstanceUnknown, .merchantGenericHoleInWireFeeStructure, .merchantGenericExchangeMasterKeyMismatch,
        .merchantGenericCategoryUnknown, .merchantGenericUnitUnknown, .merchantGenericOrderUnknown, .merchantGenericProductUnknown,
        .merchantGenericRewardIdUnknown, .merchantGenericDbContractContentInvalid, .merchantGenericContractHashDoesNotMatchOrder,
        .merchantGenericExchangeKeysFailure, .merchantGenericExchangeTimeout, .merchantGenericExchangeConnectFailure,
        .merchantGenericExchangeReplyMalformed, .merchantGenericExchangeUnexpectedStatus, .merchantGenericUnauthorized,
        .merchantGenericInstanceDeleted, .merchantGenericTransferUnknown, .merchantGenericTemplateUnknown, .merchantGenericWebhookUnknown,
        .merchantGenericPendingWebhookUnknown, .merchantGenericOtpDeviceUnknown, .merchantGenericAccountUnknown,
        .merchantGenericHWireMalformed, .merchantGenericCurrencyMismatch, .merchantGenericExchangeUntrusted,
        .merchantGenericTokenFamilyUnknown, .merchantGenericTokenKeyUnknown, .merchantGenericDonauNotConfigured,
        .merchantExchangeSignPubUnknown, .merchantGenericFeatureNotAvailable, .merchantGenericMfaMissing,
        .merchantGenericDonauInvalidResponse, .merchantGenericUnitBuiltin, .merchantGenericReportUnknown,
        .merchantGenericReportGeneratorUnconfigured, .merchantGenericProductGroupUnknown, .merchantGenericMoneyPotUnknown,
        .merchantGenericSessionUnknown, .merchantGenericDonauCharityUnknown, .merchantGenericExpectedTransferUnknown,
        .merchantGenericDonauUnknown, .merchantGenericAccessTokenUnknown, .merchantGenericFountainUnknown, .merchantGenericNoTypstOrPdftk,
        .merchantGetOrdersExchangeTrackingFailure, .merchantGetOrdersIdExchangeRequestFailure,
        .merchantGetOrdersIdExchangeLookupStartFailure, .merchantGetOrdersIdInvalidToken, .merchantGetOrdersIdInvalidContractHash,
        .merchantGetOrdersIdInvalidContractVersion, .merchantTanChallengeFailed, .merchantTanChallengeUnknown, .merchantTanTooManyAttempts,
        .merchantTanMfaHelperExecFailed, .merchantTanChallengeSolved, .merchantTanTooEarly, .merchantMfaForbidden,
        .merchantTanAddressUnusable, .merchantTanAddressUnreachable, .merchantTanHelperMisconfigured,
        .merchantPostOrdersIdPayInsufficientFunds, .merchantPostOrdersIdPayDenominationKeyNotFound,
        .merchantPostOrdersIdPayDenominationKeyAuditorFailure, .merchantPostOrdersIdPayAmountOverflow,
        .merchantPostOrdersIdPayFeesExceedPayment, .merchantPostOrdersIdPayInsufficientDueToFees,
        .merchantPostOrdersIdPayPaymentInsufficient, .merchantPostOrdersIdPayCoinSignatureInvalid,
        .merchantPostOrdersIdPayExchangeLookupFailed, .merchantPostOrdersIdPayRefundDeadlinePastWireTransferDeadline,
        .merchantPostOrdersIdPayAlreadyPaid, .merchantPostOrdersIdPayOfferExpired, .merchantPostOrdersIdPayMerchantFieldMissing,
        .merchantPostOrdersIdPayWireHashUnknown, .merchantPostOrdersIdPayDenominationDepositExpired,
        .merchantPostOrdersIdPayExchangeWireFeeAdditionFailed, .merchantPostOrdersIdPayRefunded,
        .merchantPostOrdersIdPayRefundsExceedPayments, .merchantPrivatePostRefundAfterWireDeadline, .merchantPostOrdersIdPayExchangeFailed,
        .merchantPostOrdersIdPayAgeCommitmentMissing, .merchantPostOrdersIdPayAgeCommitmentSizeMismatch,
        .merchantPostOrdersIdPayAgeVerificationFailed, .merchantPostOrdersIdPayAgeCommitmentHashMissing,
        .merchantPostOrdersIdPayWireMethodUnsupported, .merchantPostOrdersIdPayChoiceIndexMissing,
        .merchantPostOrdersIdPayChoiceIndexOutOfBounds, .merchantPostOrdersIdPayInputTokensMismatch,
        .merchantPostOrdersIdPayTokenIssueSigInvalid, .merchantPostOrdersIdPayTokenUseSigInvalid,
        .merchantPostOrdersIdPayTokenCountMismatch, .merchantPostOrdersIdPayTokenEnvelopeCountMismatch,
        .merchantPostOrdersIdPayTokenInvalid, .merchantPostOrdersIdPayExchangeTransactionLimitViolation,
        .merchantPostOrdersIdPayDonationAmountMismatch, .merchantPostOrdersIdPayExchangeLegallyRefused,
        .merchantPostOrdersIdPayChoiceIndexMismatch, .merchantPostOrdersIdPayDonauReceiptsDelayed,
        .merchantPostOrdersIdPayDonauReceiptsRefused, .merchantPostOrdersIdPayReplayAfterRefund,
        .merchantPostOrdersIdPayDonationYearInvalid, .merchantPostOrdersIdPaidContractHashMismatch,
        .merchantPostOrdersIdPaidCoinSignatureInvalid, .merchantPostTokenFamilyConflict, .merchantPatchTokenFamilyNotFound,
        .merchantPostOrdersIdAbortExchangeRefundFailed, .merchantPostOrdersIdAbortExchangeLookupFailed,
        .merchantPostOrdersIdAbortContractNotFound, .merchantPostOrdersIdAbortRefundRefusedPaymentComplete,
        .merchantPostOrdersIdAbortContractHashMissmatch, .merchantPostOrdersIdAbortCoinsArrayEmpty, .merchantExchangeTransfersAwaitingKeys,
        .merchantExchangeTransfersAwaitingList, .merchantExchangeTransfersFatalNoExchange, .merchantExchangeTransfersFatalNotFound,
        .merchantExchangeTransfersRateLimited, .merchantExchangeTransfersTransientFailure, .merchantExchangeTransfersHardFailure,
        .merchantPostAccountsKycauthBankGatewayUnreachable, .merchantPostAccountsExchangeTooOld,
        .merchantPostAccountsKycauthExchangeUnreachable, .merchantPostOrdersIdClaimNotFound, .merchantPostOrdersIdClaimAlreadyClaimed,
        .merchantPostOrdersIdClaimClientInternalFailure, .merchantPostOrdersUnclaimSignatureInvalid,
        .merchantPostOrdersIdRefundSignatureFailed, .merchantRewardPickupUnblindFailure, .merchantRewardPickupExchangeError,
        .merchantRewardPickupSummationFailed, .merchantRewardPickupHasExpired, .merchantRewardPickupAmountExceedsRewardRemaining,
        .merchantRewardPickupDenominationUnknown, .merchantPrivatePostOrdersInstanceConfigurationLacksWire,
        .merchantPrivatePostOrdersNoLocaltime, .merchantPrivatePostOrdersProposalParseError, .merchantPrivatePostOrdersAlreadyExists,
        .merchantPrivatePostOrdersRefundAfterWireDeadline, .merchantPrivatePostOrdersDeliveryDateInPast,
        .merchantPrivatePostOrdersWireDeadlineIsNever, .merchantPrivatePostOrdersPayDeadlineInPast,
        .merchantPrivatePostOrdersRefundDeadlineInPast, .merchantPrivatePostOrdersNoExchangesForWireMethod,
        .merchantPrivatePatchOrdersIdForgetPathSyntaxIncorrect, .merchantPrivatePatchOrdersIdForgetPathNotForgettable,
        .merchantPostOrdersIdRefundExchangeTransactionLimitViolation, .merchantPrivatePostOrdersAmountExceedsLegalLimits,
        .merchantPrivatePostOrdersNoExchangeForCurrency, .merchantPrivateDeleteOrdersAwaitingPayment,
        .merchantPrivateDeleteOrdersAlreadyPaid, .merchantPrivateGetStatisticsReportGranularityUnavailable,
        .merchantPrivatePostOrdersIdRefundInconsistentAmount, .merchantPrivatePostOrdersIdRefundOrderUnpaid,
        .merchantPrivatePostOrdersIdRefundNotAllowedByContract, .merchantPrivatePostOrdersTokenFamilySlugUnknown,
        .merchantPrivatePostOrdersTokenFamilyNotValid, .merchantPrivatePostOrdersIdCollectNotFree,
        .merchantPrivatePostOrdersIdCollectAlreadyClaimed, .merchantPrivateDeleteOrdersExternallyPaid,
        .merchantPrivatePostOrdersIdRefundExternalInconsistentAmount, .merchantPrivatePostOrdersIdRefundExternalAlreadyExists,
        .merchantPrivatePostTransfersExchangeUnknown, .merchantPrivatePostTransfersRequestError,
        .merchantPrivatePostTransfersConflictingTransfers, .merchantPrivatePostTransfersConflictingReports,
        .merchantPrivatePostTransfersBadWireFee, .merchantPrivatePostTransfersAccountNotFound,
        .merchantPrivateDeleteTransfersAlreadyConfirmed, .merchantPrivatePostTransfersConflictingSubmission,
        .merchantExchangeTransfersTargetAccountUnknown, .merchantExchangeTransfersConflictingTransfers, .merchantReportGeneratorFailed,
        .merchantReportFetchFailed, .merchantPrivatePostInstancesAlreadyExists, .merchantPrivatePostInstancesBadAuth,
        .merchantPrivatePostInstanceAuthBadAuth, .merchantPrivatePostInstancesPurgeRequired,
        .merchantPrivatePostInstanceAuthBadOldPassword, .merchantPrivatePatchInstancesPurgeRequired,
        .merchantPrivateAccountDeleteUnknownAccount, .merchantPrivateAccountExists, .merchantPrivateAccountNotEligibleForExchange,
        .merchantPrivatePostProductsConflictProductExists, .merchantPrivatePostCategoriesConflictCategoryExists,
        .merchantPrivatePatchProductsTotalLostReduced, .merchantPrivatePatchProductsTotalLostExceedsStocks,
        .merchantPrivatePatchProductsTotalStockedReduced, .merchantPrivatePatchProductsTotalSoldReduced,
        .merchantPrivatePostProductsLockInsufficientStocks, .merchantPrivateDeleteProductsConflictingLock,
        .merchantPrivateProductGroupConflictingName, .merchantPrivateMoneyPotConflictingName, .merchantPrivateMoneyPotConflictingTotal,
        .merchantPrivatePostReservesUnsupportedWireMethod, .merchantPrivatePostReservesRewardsNotAllowed,
        .merchantPrivateDeleteReservesNoSuchReserve, .merchantPrivatePostRewardAuthorizeReserveExpired,
        .merchantPrivatePostRewardAuthorizeReserveUnknown, .merchantPrivatePostRewardAuthorizeInsufficientFunds,
        .merchantPrivatePostRewardAuthorizeReserveNotFound, .merchantPrivateGetOrdersIdAmountArithmeticFailure,
        .merchantPrivatePostTemplatesConflictTemplateExists, .merchantPrivatePostOtpDevicesConflictOtpDeviceExists,
        .merchantPrivatePatchOtpDevicesConflict, .merchantPostUsingTemplatesAmountConflictTemplatesContractAmount,
        .merchantPostUsingTemplatesSummaryConflictTemplatesContractSubject, .merchantPostUsingTemplatesNoAmount,
        .merchantPostUsingTemplatesNoSummary, .merchantPostUsingTemplatesWrongType, .merchantPostUsingTemplatesWrongProduct,
        .merchantPostUsingTemplatesNoCurrency, .merchantPrivatePostWebhooksConflictWebhookExists,
        .merchantPrivatePostPendingWebhooksConflictPendingWebhookExists, .merchantPostFountainWithdrawGrantUnknown,
        .merchantPostFountainWithdrawSlotOutsideWindow, .merchantPostFountainWithdrawLimitExceeded,
    ]
}
