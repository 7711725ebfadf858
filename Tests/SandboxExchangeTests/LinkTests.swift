// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@Suite struct LinkTests {
    @Test func theOwnerOfTheOldCoinCanMakeTheFreshCoinsAgain() async throws {
        let fixture = try await Fixture()
        let old = try await fixture.coin("1.28")
        let first = try await fixture.refresh(old, into: ["0.32", "0.16"])
        let second = try await fixture.refresh(old, into: ["0.08"])
        let coins = [try await fixture.refreshed(first), try await fixture.refreshed(second)]
        let request = ExchangeRequests(baseURL: "/").link(old.pub)
        let response = await fixture.get(request.url)
        #expect(response.status == 200)
        let links: [CoinLink] = try response.json().decode()
        #expect(links.count == 2)
        for (link, known) in zip(links, coins) {
            #expect(link.newCoins.map(\.coinIndex) == (0..<UInt32(known.count)).map { $0 })
            let secret = try TransferSecret(coin: old.key, transfer: link.transferPub)
            for (fresh, coin) in zip(link.newCoins, known) {
                let planchet = secret.planchetSecret(coin: fresh.coinIndex)
                #expect(planchet.coinPrivateKey.publicKey() == coin.pub)
                let denomination: DenominationKeyObject = try fresh.denominationPub.decode()
                #expect(denomination.hash == coin.denomination.hash)
                let signature = try denomination.key.unblind(
                    try BlindedSignature(json: fresh.envelopeSignature), with: planchet.blindingSecret,
                    for: CoinPublicKeyHash(of: coin.pub))
                #expect(signature == coin.signature)
                let blinded = try denomination.key.blind(CoinPublicKeyHash(of: coin.pub), with: planchet.blindingSecret)
                let statement = LinkRequest(
                    denominationHash: denomination.hash, transferPub: link.transferPub, ageCommitmentHash: .zero,
                    coinEnvelopeHash: CoinEnvelopeHash(of: blinded, denomination: denomination.hash))
                #expect(statement.isValid(fresh.linkSignature, by: old.pub))
            }
        }
        let entry = try response.json().arrayValue?.first
        #expect(entry?.objectValue?.names.sorted() == ["new_coins", "transfer_pub"])
        #expect(
            entry?["new_coins"]?.arrayValue?.first?.objectValue?.names.sorted() == ["coin_idx", "denom_pub", "ev_sig", "ewv", "link_sig"])
        #expect(entry?["new_coins"]?.arrayValue?.first?["ewv"] == ["cipher": "RSA"])
    }

    @Test func aCoinWithoutARevealedRefreshIs404Code1400() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        func expectUnknown(_ location: SourceLocation = #_sourceLocation) async {
            let response = await fixture.get("/coins/\(coin.pub)/link")
            #expect(response.status == 404, sourceLocation: location)
            #expect(response.code == 1400, sourceLocation: location)
        }
        await expectUnknown()
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.1"))])).status == 200)
        await expectUnknown()
        _ = try await fixture.melt(try await fixture.refresh(coin, into: ["0.08"]))
        await expectUnknown()
    }

    @Test func aMalformedCoinIs400Code1004() async throws {
        let response = try await Fixture().get("/coins/XYZ/link")
        #expect(response.status == 400)
        #expect(response.code == 1004)
    }
}
