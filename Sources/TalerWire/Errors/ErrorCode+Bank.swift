// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension ErrorCode {
    public static let bankSameAccount = ErrorCode(5101, "BANK_SAME_ACCOUNT", 400)
    public static let bankUnallowedDebit = ErrorCode(5102, "BANK_UNALLOWED_DEBIT", 409)
    public static let bankNegativeNumberAmount = ErrorCode(5103, "BANK_NEGATIVE_NUMBER_AMOUNT", 400)
    public static let bankNumberTooBig = ErrorCode(5104, "BANK_NUMBER_TOO_BIG", 400)
    public static let bankUnknownAccount = ErrorCode(5106, "BANK_UNKNOWN_ACCOUNT", 404)
    public static let bankTransactionNotFound = ErrorCode(5107, "BANK_TRANSACTION_NOT_FOUND", 404)
    public static let bankBadFormatAmount = ErrorCode(5108, "BANK_BAD_FORMAT_AMOUNT", 400)
    public static let bankRejectNoRights = ErrorCode(5109, "BANK_REJECT_NO_RIGHTS", 403)
    public static let bankUnmanagedException = ErrorCode(5110, "BANK_UNMANAGED_EXCEPTION", 500)
    public static let bankSoftException = ErrorCode(5111, "BANK_SOFT_EXCEPTION", 500)
    public static let bankTransferRequestUidReused = ErrorCode(5112, "BANK_TRANSFER_REQUEST_UID_REUSED", 409)
    public static let bankWithdrawalOperationReserveSelectionConflict = ErrorCode(
        5113, "BANK_WITHDRAWAL_OPERATION_RESERVE_SELECTION_CONFLICT", 409)
    public static let bankDuplicateReservePubSubject = ErrorCode(5114, "BANK_DUPLICATE_RESERVE_PUB_SUBJECT", 409)
    public static let bankAncientTransactionGone = ErrorCode(5115, "BANK_ANCIENT_TRANSACTION_GONE", 410)
    public static let bankAbortConfirmConflict = ErrorCode(5116, "BANK_ABORT_CONFIRM_CONFLICT", 409)
    public static let bankConfirmAbortConflict = ErrorCode(5117, "BANK_CONFIRM_ABORT_CONFLICT", 409)
    public static let bankRegisterConflict = ErrorCode(5118, "BANK_REGISTER_CONFLICT", 409)
    public static let bankPostWithdrawalOperationRequired = ErrorCode(5119, "BANK_POST_WITHDRAWAL_OPERATION_REQUIRED", 400)
    public static let bankReservedUsernameConflict = ErrorCode(5120, "BANK_RESERVED_USERNAME_CONFLICT", 409)
    public static let bankRegisterUsernameReuse = ErrorCode(5121, "BANK_REGISTER_USERNAME_REUSE", 409)
    public static let bankRegisterPaytoUriReuse = ErrorCode(5122, "BANK_REGISTER_PAYTO_URI_REUSE", 409)
    public static let bankAccountBalanceNotZero = ErrorCode(5123, "BANK_ACCOUNT_BALANCE_NOT_ZERO", 409)
    public static let bankUnknownCreditor = ErrorCode(5124, "BANK_UNKNOWN_CREDITOR", 409)
    public static let bankUnknownDebtor = ErrorCode(5125, "BANK_UNKNOWN_DEBTOR", 409)
    public static let bankAccountIsExchange = ErrorCode(5126, "BANK_ACCOUNT_IS_EXCHANGE", 409)
    public static let bankAccountIsNotExchange = ErrorCode(5127, "BANK_ACCOUNT_IS_NOT_EXCHANGE", 409)
    public static let bankBadConversion = ErrorCode(5128, "BANK_BAD_CONVERSION", 409)
    public static let bankMissingTanInfo = ErrorCode(5129, "BANK_MISSING_TAN_INFO", 409)
    public static let bankConfirmIncomplete = ErrorCode(5130, "BANK_CONFIRM_INCOMPLETE", 409)
    public static let bankTanRateLimited = ErrorCode(5131, "BANK_TAN_RATE_LIMITED", 429)
    public static let bankTanChannelNotSupported = ErrorCode(5132, "BANK_TAN_CHANNEL_NOT_SUPPORTED", 501)
    public static let bankTanChannelScriptFailed = ErrorCode(5133, "BANK_TAN_CHANNEL_SCRIPT_FAILED", 500)
    public static let bankTanChallengeFailed = ErrorCode(5134, "BANK_TAN_CHALLENGE_FAILED", 403)
    public static let bankNonAdminPatchLegalName = ErrorCode(5135, "BANK_NON_ADMIN_PATCH_LEGAL_NAME", 409)
    public static let bankNonAdminPatchDebtLimit = ErrorCode(5136, "BANK_NON_ADMIN_PATCH_DEBT_LIMIT", 409)
    public static let bankNonAdminPatchMissingOldPassword = ErrorCode(5137, "BANK_NON_ADMIN_PATCH_MISSING_OLD_PASSWORD", 409)
    public static let bankPatchBadOldPassword = ErrorCode(5138, "BANK_PATCH_BAD_OLD_PASSWORD", 409)
    public static let bankPatchAdminExchange = ErrorCode(5139, "BANK_PATCH_ADMIN_EXCHANGE", 409)
    public static let bankNonAdminPatchCashout = ErrorCode(5140, "BANK_NON_ADMIN_PATCH_CASHOUT", 409)
    public static let bankNonAdminPatchContact = ErrorCode(5141, "BANK_NON_ADMIN_PATCH_CONTACT", 409)
    public static let bankAdminCreditor = ErrorCode(5142, "BANK_ADMIN_CREDITOR", 409)
    public static let bankChallengeNotFound = ErrorCode(5143, "BANK_CHALLENGE_NOT_FOUND", 404)
    public static let bankTanChallengeExpired = ErrorCode(5144, "BANK_TAN_CHALLENGE_EXPIRED", 409)
    public static let bankNonAdminSetTanChannel = ErrorCode(5145, "BANK_NON_ADMIN_SET_TAN_CHANNEL", 409)
    public static let bankNonAdminSetMinCashout = ErrorCode(5146, "BANK_NON_ADMIN_SET_MIN_CASHOUT", 409)
    public static let bankConversionAmountToSmall = ErrorCode(5147, "BANK_CONVERSION_AMOUNT_TO_SMALL", 409)
    public static let bankAmountDiffers = ErrorCode(5148, "BANK_AMOUNT_DIFFERS", 409)
    public static let bankAmountRequired = ErrorCode(5149, "BANK_AMOUNT_REQUIRED", 409)
    public static let bankPasswordTooShort = ErrorCode(5150, "BANK_PASSWORD_TOO_SHORT", 409)
    public static let bankPasswordTooLong = ErrorCode(5151, "BANK_PASSWORD_TOO_LONG", 409)
    public static let bankAccountLocked = ErrorCode(5152, "BANK_ACCOUNT_LOCKED", 403)
    public static let bankUpdateAbortConflict = ErrorCode(5153, "BANK_UPDATE_ABORT_CONFLICT", 409)
    public static let bankTransferWtidReused = ErrorCode(5154, "BANK_TRANSFER_WTID_REUSED", 409)
    public static let bankNonAdminSetConversionRateClass = ErrorCode(5155, "BANK_NON_ADMIN_SET_CONVERSION_RATE_CLASS", 409)
    public static let bankConversionRateClassUnknown = ErrorCode(5156, "BANK_CONVERSION_RATE_CLASS_UNKNOWN", 409)
    public static let bankNameReuse = ErrorCode(5157, "BANK_NAME_REUSE", 409)
    public static let bankUnsupportedSubjectFormat = ErrorCode(5158, "BANK_UNSUPPORTED_SUBJECT_FORMAT", 409)
    public static let bankDerivationReuse = ErrorCode(5159, "BANK_DERIVATION_REUSE", 409)
    public static let bankBadSignature = ErrorCode(5160, "BANK_BAD_SIGNATURE", 403)
    public static let bankOldTimestamp = ErrorCode(5161, "BANK_OLD_TIMESTAMP", 409)
    public static let bankTransferMappingReused = ErrorCode(5162, "BANK_TRANSFER_MAPPING_REUSED", 409)
    public static let bankTransferMappingUnknown = ErrorCode(5163, "BANK_TRANSFER_MAPPING_UNKNOWN", 409)

    static let bank: [ErrorCode] = [
        .bankSameAccount, .bankUnallowedDebit, .bankNegativeNumberAmount, .bankNumberTooBig, .bankUnknownAccount, .bankTransactionNotFound,
        .bankBadFormatAmount, .bankRejectNoRights, .bankUnmanagedException, .bankSoftException, .bankTransferRequestUidReused,
        .bankWithdrawalOperationReserveSelectionConflict, .bankDuplicateReservePubSubject, .bankAncientTransactionGone,
        .bankAbortConfirmConflict, .bankConfirmAbortConflict, .bankRegisterConflict, .bankPostWithdrawalOperationRequired,
        .bankReservedUsernameConflict, .bankRegisterUsernameReuse, .bankRegisterPaytoUriReuse, .bankAccountBalanceNotZero,
        .bankUnknownCreditor, .bankUnknownDebtor, .bankAccountIsExchange, .bankAccountIsNotExchange, .bankBadConversion,
        .bankMissingTanInfo, .bankConfirmIncomplete, .bankTanRateLimited, .bankTanChannelNotSupported, .bankTanChannelScriptFailed,
        .bankTanChallengeFailed, .bankNonAdminPatchLegalName, .bankNonAdminPatchDebtLimit, .bankNonAdminPatchMissingOldPassword,
        .bankPatchBadOldPassword, .bankPatchAdminExchange, .bankNonAdminPatchCashout, .bankNonAdminPatchContact, .bankAdminCreditor,
        .bankChallengeNotFound, .bankTanChallengeExpired, .bankNonAdminSetTanChannel, .bankNonAdminSetMinCashout,
        .bankConversionAmountToSmall, .bankAmountDiffers, .bankAmountRequired, .bankPasswordTooShort, .bankPasswordTooLong,
        .bankAccountLocked, .bankUpdateAbortConflict, .bankTransferWtidReused, .bankNonAdminSetConversionRateClass,
        .bankConversionRateClassUnknown, .bankNameReuse, .bankUnsupportedSubjectFormat, .bankDerivationReuse, .bankBadSignature,
        .bankOldTimestamp, .bankTransferMappingReused, .bankTransferMappingUnknown,
    ]
}
