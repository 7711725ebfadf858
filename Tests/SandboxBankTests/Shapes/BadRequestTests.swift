// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import Foundation
import HTTPCore
import SandboxBank
import TalerWire
import Testing

/// Requests of every endpoint that are bad by chance: each is refused as documented, with a BankError, and the books stay sound.
@Suite struct BadRequestTests {
    private static let runs = 2000

    @Test func everyBadRequestIsRefusedAsDocumentedAndTheBooksStaySound() async throws {
        let given = ProcessInfo.processInfo.environment["BANK_SHAPES_SEED"].flatMap(UInt64.init)
        let seed = given ?? UInt64.random(in: 0...UInt64.max)
        print("bank shapes: seed \(seed) (BANK_SHAPES_SEED repeats it)")
        try await SocketBank.run(bonus: "KUDOS:1000") { bank in
            try await bank.register("rich", "receiver")
            try await bank.pay("KUDOS:100", from: "rich", to: "exchange")
            let row = try await bank.pay(from: "rich", to: "receiver")
            try await bank.client.reject(row: row, credentials: bank.login("receiver"))
            let shapes = RequestShape.all(receiver: try await bank.number("receiver"), row: row)
            try await everyGoodRequestIsAnswered(shapes, bank)

            var random = SeededNumbers(seed: seed)
            var statuses: [Int: Int] = [:]
            for _ in 0..<Self.runs {
                let shape = random.choose(shapes)
                let bad = BadRequest(shape, &random)
                let context = "seed \(seed): \(bad.method) \(bad.target.prefix(200)), \(bad.wounds.joined(separator: ", "))"
                do {
                    let response = try await bank.send(bad.method, bad.target, bad.body, fields: bad.fields)
                    statuses[response.status, default: 0] += 1
                    judge(response, shape, bad, context)
                } catch { Issue.record("\(error): \(context)") }
            }
            #expect(try await bank.service.store.audit().findings == [])
            #expect(try await bank.get("/config").status == 200)
            let counts = statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            print("bank shapes: \(Self.runs) requests to \(shapes.count) endpoints, answers by status \(counts)")
        }
    }

    private func judge(_ response: Response, _ shape: RequestShape, _ bad: BadRequest, _ context: String) {
        if response.status < 300 {
            #expect(bad.mustFail == false, "\(response.status), \(context)")
            return
        }
        let refusal = response.refusal
        #expect(shape.refusals.union(RequestShape.common).contains(refusal), "\(refusal) is not documented, \(context)")
        let json = try? response.json()
        #expect(json?["hint"]?.stringValue?.isEmpty == false, "\(context)")
        #expect(json?["hint"] == json?["error"] && json?["ec"] == json?["code"], "\(context)")
        #expect(response.fields["Content-Type"] == "application/json", "\(context)")
    }

    /// What the bad requests are made of is good: else their refusal would say nothing.
    private func everyGoodRequestIsAnswered(_ shapes: [RequestShape], _ bank: SocketBank) async throws {
        for shape in shapes {
            let target =
                shape.query.isEmpty ? shape.path : shape.path + "?" + shape.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
            let body = shape.body.map { JSONValue.object($0).serialized() } ?? []
            let fields = shape.account.map { bank.login($0).basicFields } ?? [:]
            let status = try await bank.send(shape.method, target, body, fields: fields).status
            // The name is taken, the reserve key was used by the withdrawal before, and the row is no payout.
            let expected = ["/register": 409, "add-incoming": 409, "transfers/": 404].first { shape.path.contains($0.key) }?.value
            #expect(expected.map { $0 == status } ?? (200..<300).contains(status), "\(shape.method) \(target): \(status)")
        }
    }
}
