// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// Does to requests what a plan says, and counts it.
struct FaultEngine: Sendable {
    let plan: any FaultPlan
    let table: FaultTable
    let holds: Holds

    /// How an answer goes back.
    enum Delivery: Sendable {
        case answer(Response)
        case notConnected
        /// The connection ends without an answer; nothing was forwarded, or it was.
        case closed
        /// The answer's header, and a body that ends before the length that the header says.
        case short(Response)
        /// An answer of more than any limit.
        case endless(Response)
        /// The header begins, and goes on after the release.
        case slow(Response)
    }

    /// - Parameters:
    ///   - forward: to the exchange.
    ///   - kill: ends the backend that has sent this.
    func pass(
        _ passing: Passing, forward: @Sendable (Passing) async throws(SendError) -> Response, kill: @Sendable () async -> Void
    ) async -> Delivery {
        let planned = plan.next(passing)
        if let planned { table.count(planned.fault.kind) }
        do throws(SendError) {
            guard let planned else { return .answer(try await forward(passing)) }
            return try await deliver(planned, passing, forward, kill)
        } catch {
            if case .notSent = error { return .notConnected }
            return .closed
        }
    }

    private func deliver(
        _ planned: PlannedFault, _ passing: Passing, _ forward: @Sendable (Passing) async throws(SendError) -> Response,
        _ kill: @Sendable () async -> Void
    ) async throws(SendError) -> Delivery {
        var generator = SeededGenerator(seed: planned.salt)
        switch planned.fault {
        case .unreachable: return .notConnected
        case .drop: return .closed
        case .status(let status): return .answer(PlausibleAnswer.response(status, to: passing))
        case .dropAnswer:
            _ = try await forward(passing)
            return .closed
        case .delay:
            await holds.hold()
            return .answer(try await forward(passing))
        case .repeated:
            _ = try await forward(passing)
            return .answer(try await forward(passing))
        case .corruptRequest:
            var changed = passing
            Self.flipBit(in: &changed.body, &generator)
            return .answer(try await forward(changed))
        case .answerStatus(let status):
            _ = try await forward(passing)
            return .answer(PlausibleAnswer.response(status, to: passing))
        case .cut, .corruptAnswer, .html, .removeMember, .wrongType:
            return .answer(Self.changed(try await forward(passing), planned.fault, &generator))
        case .wrongLength: return .short(try await forward(passing))
        case .tooLarge: return .endless(try await forward(passing))
        case .slowHeaders: return .slow(try await forward(passing))
        case .killBefore:
            await kill()
            return .closed
        case .killAfter:
            _ = try await forward(passing)
            await kill()
            return .closed
        }
    }

    private static func changed(_ answer: Response, _ fault: Fault, _ generator: inout SeededGenerator) -> Response {
        var answer = answer
        switch fault {
        case .cut: answer.body.removeLast(min(answer.body.count, 1 + Int.random(in: 0...answer.body.count / 2, using: &generator)))
        case .corruptAnswer: flipBit(in: &answer.body, &generator)
        case .html: answer = Response(status: 200, type: "text/html", text: "<!DOCTYPE html><title>Welcome to this network</title>")
        default:
            guard case .object(var object)? = try? answer.json(), let name = object.members.map(\.name).randomElement(using: &generator)
            else { return answer }
            if fault == .removeMember { object[name] = nil } else { object[name] = object[name]?.otherType }
            answer.body = JSONValue.object(object).serialized()
        }
        return answer
    }

    /// One that makes another text: the lowest bit of a letter, a digit or a bracket.
    private static func flipBit(in bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard let index = bytes.indices.randomElement(using: &generator) else { return }
        bytes[index] ^= 1
    }
}

extension JSONValue {
    fileprivate var otherType: JSONValue {
        switch self {
        case .string: .integer(7)
        case .integer: .string("seven")
        case .array: .object(JSONObject())
        default: .array([])
        }
    }
}
