// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import Foundation
import HTTPCore
import SandboxExchange
import TalerWire
import Testing

/// Bad requests to every endpoint, at random, over real sockets.
@Suite struct RequestShapeTests {
    private static let runs = 1500

    @Test func whateverIsSentIsAnsweredAsDocumentedAndMovesNoMoney() async throws {
        let environment = ProcessInfo.processInfo.environment
        let seed = environment["EXCHANGE_SHAPES_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max)
        print("exchange shapes: seed \(seed) (EXCHANGE_SHAPES_SEED repeats it)")
        let world = try await ShapeWorld()
        for shape in world.shapes { try await expectGood(shape, world) }
        let before = try await world.books()
        var random = SeededNumbers(seed: seed)
        var counts: [Int: Int] = [:]
        for run in 0..<Self.runs {
            guard let shape = world.shapes.randomElement(using: &random) else { continue }
            // A generator of its own for each request: one can be repeated without those before.
            var mutation = Mutation(random: SeededNumbers(seed: seed &+ UInt64(run)))
            let request = mutation.spoiled(shape)
            let response: Response
            do {
                response = try await world.exchange.send(request.method, request.target, fields: request.fields, body: request.body)
            } catch {
                Issue.record("run \(run) of seed \(seed), \(request.story): no answer, \(error)")
                continue
            }
            counts[response.status, default: 0] += 1
            if let complaint = DocumentedAnswers.complaint(response) {
                Issue.record("run \(run) of seed \(seed), \(request.story): \(complaint) \(response.text.prefix(300))")
            }
        }
        for shape in world.shapes { try await expectGood(shape, world) }
        let after = try await world.books()
        #expect(after == before, "seed \(seed)")
        #expect(try await world.exchange.fixture.audit().problems == [], "seed \(seed)")
        let text = counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        print("exchange shapes: \(Self.runs) requests to \(world.shapes.count) endpoints, answers by status \(text)")
        await world.exchange.stop()
    }

    private func expectGood(_ shape: Shape, _ world: ShapeWorld) async throws {
        let request = ShapedRequest(shape)
        let response = try await world.exchange.send(request.method, request.target, fields: request.fields, body: request.body)
        #expect(response.status == shape.status, "\(shape.name): \(response.text)")
    }
}
