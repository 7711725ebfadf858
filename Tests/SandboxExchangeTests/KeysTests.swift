// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
@testable import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing
import TestVectors

@Suite struct KeysTests {
    @Test func everySignatureOfTheKeysIsTheOfflineKeys() async throws {
        let fixture = try await Fixture()
        let keys: ExchangeKeysResponse = try await fixture.get("/keys").json().decode()
        let master = keys.masterPublicKey
        #expect(master == SharedKeys.masterPub)
        #expect(keys.denominations.count == 12)
        for group in keys.denominations {
            for entry in group.denominations {
                let key = try DenominationPublicKey(.rsa, base32: try #require(entry.rsaPub))
                let validity = DenominationValidity(
                    masterPub: master, start: entry.start, expireWithdraw: entry.expireWithdraw, expireDeposit: entry.expireDeposit,
                    expireLegal: entry.expireLegal, value: group.value, feeWithdraw: group.feeWithdraw, feeDeposit: group.feeDeposit,
                    feeRefresh: group.feeRefresh, feeRefund: group.feeRefund, denominationHash: key.hash())
                #expect(validity.isValid(entry.masterSignature, by: master))
            }
        }
        for key in keys.signKeys {
            let validity = SigningKeyValidity(start: key.start, expire: key.expire, end: key.end, signingKey: key.key)
            #expect(validity.isValid(key.masterSignature, by: master))
        }
        let account = try #require(keys.accounts.first)
        let details = WireAccountValidity(
            paytoHash: PaytoHash(of: try PaytoURI(account.paytoURI)), conversionURLHash: .zero,
            debitRestrictionsHash: try HashCode(ofJSON: .array(account.debitRestrictions)),
            creditRestrictionsHash: try HashCode(ofJSON: .array(account.creditRestrictions)))
        #expect(details.isValid(account.masterSignature, by: master))
        let wireFees = try #require(keys.wireFees["x-taler-bank"])
        #expect(wireFees.count >= 2)
        for fee in wireFees {
            let validity = WireFeeValidity(
                wireMethodHash: HashCode(ofText: "x-taler-bank"), start: fee.start, end: fee.end, wireFee: fee.wireFee,
                closingFee: fee.closingFee)
            #expect(validity.isValid(fee.signature, by: master))
        }
        for fee in keys.globalFees {
            let validity = GlobalFeeValidity(
                start: fee.start, end: fee.end, purseTimeout: fee.purseTimeout, historyExpiration: fee.historyExpiration,
                historyFee: fee.historyFee, accountFee: fee.accountFee, purseFee: fee.purseFee, purseAccountLimit: fee.purseAccountLimit)
            #expect(validity.isValid(fee.masterSignature, by: master))
        }
        let signatures = keys.denominations.flatMap { $0.denominations.map(\.masterSignature) }
        let keySet = KeySet(listIssueDate: keys.listIssueDate, denominationsHash: HashCode(ofSignatures: signatures))
        #expect(keySet.isValid(keys.exchangeSignature, by: keys.exchangePub))
        #expect(keys.signKeys.contains { $0.key == keys.exchangePub })
        #expect(keys.listIssueDate == keys.denominations.flatMap(\.denominations).map(\.start).min())
    }

    @Test func theMembersOfTheKeysAreThoseOfARealExchange() async throws {
        let fixture = try await Fixture()
        let ours = paths(try await fixture.get("/keys").json())
        let theirs = paths(try #require(try Transcript.json("protocol23/02-keys")["response"]?["body"]))
        #expect(ours.subtracting(theirs) == [])
        // A label is optional, and Clause-Schnorr denominations are not offered here.
        #expect(theirs.subtracting(ours) == ["accounts[].bank_label", "denominations[].denoms[].cs_pub"])
    }

    @Test func theMembersOfTheConfigurationAreThoseOfARealExchange() async throws {
        let fixture = try await Fixture()
        let ours = try await fixture.get("/config").json()
        let theirs = try #require(try Transcript.json("protocol23/01-config")["response"]?["body"])
        #expect(paths(ours) == paths(theirs))
        #expect(ours["version"] == theirs["version"])
        #expect(ours["currency_specification"]?["alt_unit_names"] == theirs["currency_specification"]?["alt_unit_names"])
    }

    @Test func theKeysAreNotSentTwiceToWhoHasThem() async throws {
        let fixture = try await Fixture()
        let first = await fixture.get("/keys")
        let tag = try #require(first.fields["ETag"])
        let second = await fixture.get("/keys", fields: ["If-None-Match": tag])
        #expect(second.status == 304)
        #expect(second.body.isEmpty)
        #expect(second.fields["ETag"] == tag)
        #expect(await fixture.get("/keys", fields: ["If-None-Match": "W/\(tag), \"other\""]).status == 304)
        #expect(await fixture.get("/keys", fields: ["If-None-Match": tag.filter { $0 != "\"" }]).status == 304)
        #expect(await fixture.get("/keys", fields: ["If-None-Match": "\"other\""]).status == 200)
        #expect(first.fields["Access-Control-Allow-Origin"] == "*")
    }

    @Test func aListCanBeginWithAnyKnownStart() async throws {
        let fixture = try await Fixture()
        let whole = await fixture.get("/keys")
        let all: ExchangeKeysResponse = try whole.json().decode()
        let later = SharedKeys.start.advanced(bySeconds: 100 * 86_400)
        let response = await fixture.get("/keys?last_issue_date=\(try #require(later.seconds))")
        let some: ExchangeKeysResponse = try response.json().decode()
        #expect(some.denominations == all.denominations.filter { $0.value == SharedKeys.futureValue })
        #expect(some.denominations.count == 1)
        #expect(some.listIssueDate == later)
        let signatures = some.denominations.flatMap { $0.denominations.map(\.masterSignature) }
        let keySet = KeySet(listIssueDate: later, denominationsHash: HashCode(ofSignatures: signatures))
        #expect(keySet.isValid(some.exchangeSignature, by: some.exchangePub))
        // All else is as in the whole list.
        #expect(some.signKeys == all.signKeys)
        #expect(some.accounts == all.accounts)
        #expect(paths(try response.json()) == paths(try whole.json()))
        // Each list has its own tag, and is itself again when asked for again.
        let tag = try #require(response.fields["ETag"])
        #expect(tag != whole.fields["ETag"])
        let again = await fixture.get("/keys?last_issue_date=\(try #require(later.seconds))", fields: ["If-None-Match": tag])
        #expect(again.status == 304)
        #expect(await fixture.get("/keys").body == whole.body)
    }

    /// As a real exchange did: the list from the first start on is the whole list.
    @Test(arguments: ["1795000000", "1795000001", "0", "", "x", "-1", "99999999999999999999", "18446744073709551615"])
    func aListThatBeginsWithNoOtherStartIsWhole(_ date: String) async throws {
        let fixture = try await Fixture()
        let whole = await fixture.get("/keys")
        let response = await fixture.get("/keys?last_issue_date=\(date)")
        #expect(response.status == 200)
        #expect(response.body == whole.body)
        #expect(response.fields["ETag"] == whole.fields["ETag"])
        let (first, second) = (try Transcript.json("protocol23/02-keys"), try Transcript.json("protocol23/05-keys-last-issue"))
        #expect(first["response"]?["body"] == second["response"]?["body"])
    }

    @Test func aShorterListIsMadeAnewWhenItsKeysChange() async throws {
        let fixture = try await Fixture()
        let later = SharedKeys.start.advanced(bySeconds: 100 * 86_400)
        let target = "/keys?last_issue_date=\(try #require(later.seconds))"
        let hash = try await fixture.denomination(SharedKeys.futureValue).hash
        #expect(await fixture.get(target).body != fixture.get("/keys").body)
        #expect(try await fixture.store.revoke(hash, at: fixture.clock.now()))
        try await fixture.service.reloadKeys()
        // Nothing begins then any more.
        #expect(await fixture.get(target).body == fixture.get("/keys").body)
    }

    @Test func aRevokedDenominationIsListedAsSuchAfterAReload() async throws {
        let fixture = try await Fixture()
        let hash = try await fixture.denomination(amount("0.64")).hash
        #expect(try await fixture.store.revoke(hash, at: fixture.clock.now()))
        try await fixture.service.reloadKeys()
        let keys: ExchangeKeysResponse = try await fixture.get("/keys").json().decode()
        #expect(keys.recoup == [RecoupEntry(denominationHash: hash)])
        #expect(!keys.denominations.contains { $0.value == amount("0.64") })
    }

    @Test func withoutAValidSigningKeyThereAreNoKeys() async throws {
        let fixture = try await Fixture()
        fixture.clock.advance(bySeconds: 21 * 365 * 86_400)
        let response = await fixture.get("/keys")
        #expect(response.status == 503)
        #expect(response.code == 1007)
    }

    @Test func denominationsThatCannotBeSpentAnyMoreAreLeftOut() async throws {
        let fixture = try await Fixture()
        _ = await fixture.get("/keys")
        fixture.clock.advance(bySeconds: 3 * 365 * 86_400)
        let keys: ExchangeKeysResponse = try await fixture.get("/keys").json().decode()
        #expect(keys.denominations.map(\.value) == [SharedKeys.futureValue])
    }

    @Test func booksWhoseKeysWereTamperedWithAreRefused() async throws {
        var records = try await SharedKeys.records
        records.denominations[3].feeDeposit = amount("0.02")
        #expect(throws: SandboxExchangeError.keysDamaged("a denomination of KUDOS:0.08")) {
            try KeyTable(records, master: SharedKeys.masterPub)
        }
    }

    @Test func datesAreWrittenAsHeaderFieldsWantThem() throws {
        #expect(HTTPDate.text(try Timestamp(seconds: 1_795_305_600)) == "Sun, 22 Nov 2026 00:00:00 GMT")
        #expect(HTTPDate.text(.never) == "Fri, 31 Dec 9999 23:59:59 GMT")
    }

    /// Every member's path; elements of an array are not told apart.
    private func paths(_ json: JSONValue, _ prefix: String = "") -> Set<String> {
        switch json {
        case .object(let object):
            return object.members.reduce(into: []) { found, member in
                let path = prefix.isEmpty ? member.name : "\(prefix).\(member.name)"
                found.insert(path)
                found.formUnion(paths(member.value, path))
            }
        case .array(let elements): return elements.reduce(into: []) { $0.formUnion(paths($1, prefix + "[]")) }
        default: return []
        }
    }
}
