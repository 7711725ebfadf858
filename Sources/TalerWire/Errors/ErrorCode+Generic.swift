// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension ErrorCode {
    public static let genericClientInternalError = ErrorCode(2, "GENERIC_CLIENT_INTERNAL_ERROR", 0)
    public static let genericClientUnsupportedProtocolVersion = ErrorCode(3, "GENERIC_CLIENT_UNSUPPORTED_PROTOCOL_VERSION", 0)
    public static let genericInvalidResponse = ErrorCode(10, "GENERIC_INVALID_RESPONSE", 0)
    public static let genericTimeout = ErrorCode(11, "GENERIC_TIMEOUT", 0)
    public static let genericVersionMalformed = ErrorCode(12, "GENERIC_VERSION_MALFORMED", 0)
    public static let genericReplyMalformed = ErrorCode(13, "GENERIC_REPLY_MALFORMED", 0)
    public static let genericConfigurationInvalid = ErrorCode(14, "GENERIC_CONFIGURATION_INVALID", 0)
    public static let genericUnexpectedRequestError = ErrorCode(15, "GENERIC_UNEXPECTED_REQUEST_ERROR", 0)
    public static let genericTokenPermissionInsufficient = ErrorCode(16, "GENERIC_TOKEN_PERMISSION_INSUFFICIENT", 403)
    public static let genericMethodInvalid = ErrorCode(20, "GENERIC_METHOD_INVALID", 405)
    public static let genericEndpointUnknown = ErrorCode(21, "GENERIC_ENDPOINT_UNKNOWN", 404)
    public static let genericJsonInvalid = ErrorCode(22, "GENERIC_JSON_INVALID", 400)
    public static let genericHttpHeadersMalformed = ErrorCode(23, "GENERIC_HTTP_HEADERS_MALFORMED", 400)
    public static let genericPaytoUriMalformed = ErrorCode(24, "GENERIC_PAYTO_URI_MALFORMED", 400)
    public static let genericParameterMissing = ErrorCode(25, "GENERIC_PARAMETER_MISSING", 400)
    public static let genericParameterMalformed = ErrorCode(26, "GENERIC_PARAMETER_MALFORMED", 400)
    public static let genericReservePubMalformed = ErrorCode(27, "GENERIC_RESERVE_PUB_MALFORMED", 400)
    public static let genericCompressionInvalid = ErrorCode(28, "GENERIC_COMPRESSION_INVALID", 400)
    public static let genericPathSegmentMalformed = ErrorCode(29, "GENERIC_PATH_SEGMENT_MALFORMED", 400)
    public static let genericCurrencyMismatch = ErrorCode(30, "GENERIC_CURRENCY_MISMATCH", 400)
    public static let genericUriTooLong = ErrorCode(31, "GENERIC_URI_TOO_LONG", 414)
    public static let genericUploadExceedsLimit = ErrorCode(32, "GENERIC_UPLOAD_EXCEEDS_LIMIT", 413)
    public static let genericParameterExtra = ErrorCode(33, "GENERIC_PARAMETER_EXTRA", 400)
    public static let genericUnauthorized = ErrorCode(40, "GENERIC_UNAUTHORIZED", 401)
    public static let genericTokenUnknown = ErrorCode(41, "GENERIC_TOKEN_UNKNOWN", 401)
    public static let genericTokenExpired = ErrorCode(42, "GENERIC_TOKEN_EXPIRED", 401)
    public static let genericTokenMalformed = ErrorCode(43, "GENERIC_TOKEN_MALFORMED", 401)
    public static let genericForbidden = ErrorCode(44, "GENERIC_FORBIDDEN", 403)
    public static let genericDbSetupFailed = ErrorCode(50, "GENERIC_DB_SETUP_FAILED", 500)
    public static let genericDbStartFailed = ErrorCode(51, "GENERIC_DB_START_FAILED", 500)
    public static let genericDbStoreFailed = ErrorCode(52, "GENERIC_DB_STORE_FAILED", 500)
    public static let genericDbFetchFailed = ErrorCode(53, "GENERIC_DB_FETCH_FAILED", 500)
    public static let genericDbCommitFailed = ErrorCode(54, "GENERIC_DB_COMMIT_FAILED", 500)
    public static let genericDbSoftFailure = ErrorCode(55, "GENERIC_DB_SOFT_FAILURE", 500)
    public static let genericDbInvariantFailure = ErrorCode(56, "GENERIC_DB_INVARIANT_FAILURE", 500)
    public static let genericInternalInvariantFailure = ErrorCode(60, "GENERIC_INTERNAL_INVARIANT_FAILURE", 500)
    public static let genericFailedComputeJsonHash = ErrorCode(61, "GENERIC_FAILED_COMPUTE_JSON_HASH", 500)
    public static let genericFailedComputeAmount = ErrorCode(62, "GENERIC_FAILED_COMPUTE_AMOUNT", 500)
    public static let genericParserOutOfMemory = ErrorCode(70, "GENERIC_PARSER_OUT_OF_MEMORY", 500)
    public static let genericAllocationFailure = ErrorCode(71, "GENERIC_ALLOCATION_FAILURE", 500)
    public static let genericJsonAllocationFailure = ErrorCode(72, "GENERIC_JSON_ALLOCATION_FAILURE", 500)
    public static let genericCurlAllocationFailure = ErrorCode(73, "GENERIC_CURL_ALLOCATION_FAILURE", 500)
    public static let genericFailedToLoadTemplate = ErrorCode(74, "GENERIC_FAILED_TO_LOAD_TEMPLATE", 406)
    public static let genericFailedToExpandTemplate = ErrorCode(75, "GENERIC_FAILED_TO_EXPAND_TEMPLATE", 500)
    public static let genericFeatureNotImplemented = ErrorCode(76, "GENERIC_FEATURE_NOT_IMPLEMENTED", 501)
    public static let genericOsResourceAllocationFailure = ErrorCode(77, "GENERIC_OS_RESOURCE_ALLOCATION_FAILURE", 500)
    public static let genericRequestedFormatUnsupported = ErrorCode(78, "GENERIC_REQUESTED_FORMAT_UNSUPPORTED", 406)

    static let generic: [ErrorCode] = [
        .genericClientInternalError, .genericClientUnsupportedProtocolVersion, .genericInvalidResponse, .genericTimeout,
        .genericVersionMalformed, .genericReplyMalformed, .genericConfigurationInvalid, .genericUnexpectedRequestError,
        .genericTokenPermissionInsufficient, .genericMethodInvalid, .genericEndpointUnknown, .genericJsonInvalid,
        .genericHttpHeadersMalformed, .genericPaytoUriMalformed, .genericParameterMissing, .genericParameterMalformed,
        .genericReservePubMalformed, .genericCompressionInvalid, .genericPathSegmentMalformed, .genericCurrencyMismatch,
        .genericUriTooLong, .genericUploadExceedsLimit, .genericParameterExtra, .genericUnauthorized, .genericTokenUnknown,
        .genericTokenExpired, .genericTokenMalformed, .genericForbidden, .genericDbSetupFailed, .genericDbStartFailed,
        .genericDbStoreFailed, .genericDbFetchFailed, .genericDbCommitFailed, .genericDbSoftFailure, .genericDbInvariantFailure,
        .genericInternalInvariantFailure, .genericFailedComputeJsonHash, .genericFailedComputeAmount, .genericParserOutOfMemory,
        .genericAllocationFailure, .genericJsonAllocationFailure, .genericCurlAllocationFailure, .genericFailedToLoadTemplate,
        .genericFailedToExpandTemplate, .genericFeatureNotImplemented, .genericOsResourceAllocationFailure,
        .genericRequestedFormatUnsupported,
    ]
}
