// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import Foundation
import MerchantAPI
import TalerCrypto
import TalerWire
import Testing

/// Fuzzing begins with its corpus: a seed that no decoder takes would leave the code behind the decoders untouched.
struct FuzzCorpusTests {
    static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fuzz/Corpus")

    static func seeds(_ target: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: corpus.appendingPathComponent(target).path)) ?? []).sorted()
    }

    private func json(_ target: String, _ seed: String) throws -> JSONValue {
        try JSONParser.parse(Array(Data(contentsOf: Self.corpus.appendingPathComponent("\(target)/\(seed)"))), duplicates: .keepLast)
    }

    private func reads<Message: Decodable>(_ json: JSONValue, _ type: Message.Type) -> Bool { (try? json.decode(as: type)) != nil }

    @Test(arguments: seeds("exchange")) func everyAnswerOfAnExchangeIsOneOfItsMessages(seed: String) throws {
        let json = try json("exchange", seed)
        #expect(
            reads(json, ExchangeKeysResponse.self) || reads(json, ExchangeKeysResponse14.self) || reads(json, ExchangeConfig.self)
                || reads(json, DepositSuccess.self) || reads(json, DepositWired.self) || reads(json, DepositPending.self)
                || reads(json, TransferDetails.self) || reads(json, CoinRefundResponse.self) || reads(json, KYCStatus.self)
                || reads(json, DenominationRefusal.self) || json["h_payto"] != nil && reads(json, KYCRequired.self)
                || json["code"]?.integerValue != nil || json["name"]?.stringValue != nil)
    }

    @Test(arguments: seeds("permission")) func everyPermissionHasCoinsWithSignatures(seed: String) throws {
        let json = try json("permission", seed)
        guard !seed.hasSuffix("-signature") else {
            _ = try DenominationSignature(classic: json)
            return
        }
        let permission = try json.decode(as: DepositPermission.self)
        #expect(!permission.coins.isEmpty)
        for coin in permission.coins { _ = try DenominationSignature(classic: coin.denominationSignature) }
    }

    @Test func thereAreSeeds() {
        #expect(Self.seeds("exchange").count > 10)
        #expect(Self.seeds("permission").count > 3)
    }
}
