// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerCrypto
import TalerWire

/// What an exchange, or a server before it, would say with that status.
enum PlausibleAnswer {
    static func response(_ status: Int, to passing: Passing) -> Response {
        switch status {
        case 200: Response(status: 200, json: .object(forgedConfirmation()))
        case 202: Response(status: 202, json: ["execution_time": ["t_s": 1_900_000_000], "kyc_ok": true, "account_pub": .null])
        case 301, 302: Response(status: status, fields: ["Location": "/terms", "Content-Type": "text/html"], body: Array("moved".utf8))
        // 307 points away from the exchange, 308 back to it.
        case 307: Response(status: 307, fields: ["Location": "http://127.0.0.1:9/batch-deposit"])
        case 308: Response(status: 308, fields: ["Location": passing.target])
        case 500: refusal(500, 59, "The exchange had trouble with its database.")
        case 502, 503, 504:
            Response(status: status, type: "text/html", text: "<html><head><title>\(status)</title></head><body>nginx</body></html>")
        case 400: refusal(400, 22, "The JSON is not as it must be.")
        case 403: refusal(403, 1205, "The coin's owner has not signed this payment.", coin: passing.coin)
        case 404: refusal(404, 1005, "The denomination is unknown.")
        case 408: refusal(408, 0, "The request came too slowly.")
        case 409: refusal(409, 1012, "The coin was spent before.", coin: passing.coin)
        case 410: refusal(410, 1009, "The denomination has expired.")
        case 413: refusal(413, 32, "The upload is too large.")
        case 429: refusal(429, 0, "Later, please.")
        case 451: kyc(passing)
        default: refusal(status, 0, "No.")
        }
    }

    private static func refusal(_ status: Int, _ code: Int64, _ hint: String, coin: String? = nil) -> Response {
        var object: JSONObject = ["code": .integer(code), "hint": .string(hint)]
        object["coin_pub"] = coin.map { .string($0) }
        return Response(status: status, json: .object(object))
    }

    private static func kyc(_ passing: Passing) -> Response {
        var object: JSONObject = ["code": 1028, "hint": "The account's owner has to be known.", "requirement_row": 7]
        object["h_payto"] = .string(Base32.encode([UInt8](repeating: 7, count: 32)))
        return Response(status: 451, json: .object(object))
    }

    private static func forgedConfirmation() -> JSONObject {
        [
            "exchange_timestamp": ["t_s": 1_795_003_600], "exchange_sig": EdDSASignature.zero.json,
            "exchange_pub": EdDSAPrivateKey().publicKey(as: ExchangePublicKey.self).json,
        ]
    }
}
