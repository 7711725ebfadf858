// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import Synchronization
import TalerWire

/// Answers like a merchant backend that signs everything, and settles, refuses or keeps silent as it is told.
final class FakeBackend: Sender {
    enum Answer {
        case accept
        /// The exchange's refusal, passed on.
        case refuse(Int, JSONObject)
        /// The answer is lost on its way; what the backend knows is ``FakeBackend/states``.
        case silence
        case text(String)
    }

    struct State {
        var answer = Answer.accept
        /// Refuses that many proposals with 409 / 2503.
        var conflicts = 0
        var offerAnswer: Response?
        var isDown = false
        /// `GET /order` gets no answer.
        var isOrderSilent = false
        var contracts: [ContractHash: JSONObject] = [:]
        var states: [ContractHash: OrderStatus.State] = [:]
        /// Answers to `GET /refund`, by the last segment of the address.
        var refunds: [String: Response] = [:]
        /// What was asked for by `POST /refund`.
        var refundOrders: [RefundOrder] = []
        /// What `POST /refund` answers for a contract, instead of taking it on.
        var refundAnswers: [ContractHash: Response] = [:]
        /// What becomes of the parts of refunds.
        var refundStatus = RefundList.Part.Status.accepted
        /// Parts on every list that nobody has asked for.
        var ownParts: [RefundList.Part] = []
        /// Of every contract, in `GET /order`.
        var deposits: [OrderStatus.Deposit] = []
        var requests: [OutgoingRequest] = []
        /// Proposals and permissions in the order of their coming.
        var proposals: [JSONObject] = []
        var permissions: [JSONObject] = []
        /// Runs while a permission is on its way, before the backend has it.
        var whilePaying: (@Sendable () async -> Void)?
        /// Runs after the backend has made up its answer to `GET /order`, before the answer arrives.
        var whileAnswering: (@Sendable () async -> Void)?
    }

    let state = Mutex(State())

    func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
    func read<Value: Sendable>(_ get: (State) -> Value) -> Value { state.withLock { get($0) } }

    func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        if request.url.hasSuffix("/pay") { await read { $0.whilePaying }?() }
        let answer: Response? = state.withLock { state in
            state.requests.append(request)
            if state.isDown { return nil }
            let path = request.url.split(separator: "/").last.map(String.init) ?? ""
            guard request.fields["Authorization"] == "Bearer token" else {
                return Response(status: 401, json: .object(["code": .integer(40)]))
            }
            if path == "contract" { return Self.offer(request, &state) }
            if path == "pay" { return Self.pay(request, &state) }
            if path == "refund" { return Self.refund(request, &state) }
            if path.hasPrefix("refund?") { return state.refunds[path] ?? Self.refundList(path, state) }
            return state.isOrderSilent ? Response(status: 0) : Self.order(path, state)
        }
        if request.url.contains("/order?") { await read { $0.whileAnswering }?() }
        guard let answer else { throw .notSent("down") }
        if answer.status == 0 { throw .timedOut }
        return answer
    }

    private static func offer(_ request: OutgoingRequest, _ state: inout State) -> Response {
        if let answer = state.offerAnswer { return answer }
        guard case .object(let body)? = try? JSONParser.parse(request.body), case .object(var contract)? = body["contract"],
            let hash = try? ContractHash([UInt8](repeating: 0, count: 63) + [UInt8(state.proposals.count)])
        else { return Response(status: 400) }
        state.proposals.append(contract)
        if state.conflicts > 0 {
            state.conflicts -= 1
            return Response(status: 409, json: .object(["code": .integer(2503), "hint": "taken"]))
        }
        contract["H_wire"] = .string(WireHash.zero.base32)
        state.contracts[hash] = contract
        state.states[hash] = .offered
        return Response(
            json: .object([
                "contract": .object(contract), "sig": .string(EdDSASignature.zero.base32), "H_contract": .string(hash.base32),
            ]))
    }

    private static func pay(_ request: OutgoingRequest, _ state: inout State) -> Response {
        guard case .object(let permission)? = try? JSONParser.parse(request.body), let text = permission["H_contract"]?.stringValue,
            let hash = try? ContractHash(base32: text)
        else { return Response(status: 400) }
        state.permissions.append(permission)
        switch state.answer {
        case .accept:
            state.states[hash] = .paid
            return Response(
                json: .object(["merchant_sig": .string(EdDSASignature.zero.base32), "h_contract": .string(hash.base32)]))
        case .refuse(let status, let object):
            if state.states[hash] != .paying { state.states[hash] = .refused }
            return Response(status: status, json: .object(object))
        case .silence:
            state.states[hash] = .paying
            return Response(status: 0)
        case .text(let text): return Response(status: 200, type: "text/plain", text: text)
        }
    }

    private static func refund(_ request: OutgoingRequest, _ state: inout State) -> Response {
        guard let order = try? JSONParser.parse(request.body).decode(as: RefundOrder.self), let hash = order.contractHash else {
            return Response(status: 400, json: .object(["code": .integer(22)]))
        }
        state.refundOrders.append(order)
        if let answer = state.refundAnswers[hash] { return answer }
        guard state.states[hash]?.isPaid == true else { return Response(status: 409, json: .object(["code": .integer(2531)])) }
        return refundList("refund?H_contract=\(hash)", state)
    }

    private static func refundList(_ path: String, _ state: State) -> Response {
        let text = path.split(separator: "=").last.map(String.init) ?? ""
        guard let hash = try? ContractHash(base32: text), state.contracts[hash] != nil else {
            return Response(status: 404, json: .object(["code": .integer(2005)]))
        }
        guard let price = state.contracts[hash]?["amount"].flatMap({ try? Amount(json: $0) }) else { return Response(status: 500) }
        let zero = Amount.zero(price.currency)
        let asked = state.refundOrders.last { $0.contractHash == hash }?.refund ?? zero
        let part = RefundList.Part(
            coinPub: .zero, exchangeURL: "http://exchange/", refundAmount: asked, refundTransactionID: 1, status: state.refundStatus,
            origin: "shop")
        let parts = (asked.isZero ? [] : [part]) + state.ownParts
        func sum(_ status: RefundList.Part.Status) -> Amount {
            (try? Amount.sum(parts.filter { $0.status == status }.map(\.refundAmount), in: price.currency)) ?? zero
        }
        let list = RefundList(refundAmount: asked, givenAmount: sum(.accepted), failedAmount: sum(.failed), refunds: parts)
        return (try? Response(json: JSONValue(encoding: list))) ?? Response(status: 500)
    }

    private static func order(_ path: String, _ state: State) -> Response {
        let text = path.split(separator: "&").first?.split(separator: "=").last.map(String.init) ?? ""
        guard let hash = try? ContractHash(base32: text), let contract = state.contracts[hash], let known = state.states[hash],
            let amount = contract["amount"], case .integer(let number)? = contract["transaction_id"]
        else { return Response(status: 404, json: .object(["code": .integer(2005)])) }
        return Response(
            json: .object([
                "H_contract": .string(text), "transaction_id": .integer(number), "state": .string(known.rawValue),
                "contract": .object(contract), "amount": amount, "max_fee": amount, "expiry": contract["expiry"] ?? .null,
                "deposits": (try? JSONValue(encoding: state.deposits)) ?? .null,
            ]))
    }
}
