// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerCrypto
import TalerWire

/// Stands around the exchange's router and lets its requests meet what is wanted.
struct SituationLayer: Handler {
    let inner: any Handler
    let situations: Situations
    let baseURL: String
    let clock: any WallClock

    /// Where the exchange has moved to; what is asked there is answered as everywhere.
    static let newPlace = "moved"

    func handle(_ request: Request) async -> Response {
        let moved = request.withoutFirst(Self.newPlace)
        let effects = situations.take(moved ?? request, isMoved: moved != nil, at: clock.now())
        var response = await answer(moved ?? request, effects)
        guard !response.isUnanswered else { return response }
        // What is wrong ends with the situation: no cache keeps it, be it the keys or a redirect for good.
        if effects.situations.contains(where: { !$0.name.endsByItself }) { response.fields["Cache-Control"] = "no-store" }
        SituationSign(names: situations.active.map(\.name)).show(in: &response, of: moved ?? request)
        return response
    }

    private func answer(_ request: Request, _ effects: SituationEffects) async -> Response {
        guard !effects.situations.isEmpty else { return await inner.handle(request) }
        let instead = effects.answer
        var response = Response.unanswered
        if instead == nil || instead?.order.isCarriedOut == true {
            response = await SituationEffects.$current.withValue(effects) { await inner.handle(request) }
        }
        do {
            // Together not longer than one: the server gives up on what takes longer.
            var left = SituationOrder.longestWait
            if let slow = effects[.slow] {
                let seconds = min(slow.order.seconds, left)
                left -= seconds
                try await situations.pause(.seconds(seconds))
            }
            if let silent = instead, silent.name == .silent { try await situations.pause(.seconds(min(silent.order.seconds, left))) }
        } catch { return .unanswered }
        if let instead { return answer(instead, to: request) }
        if effects[.wrongSignature] != nil { response.changeMember("exchange_sig", Self.spoiled) }
        if effects[.unknownKey] != nil {
            response.changeMember("exchange_pub") { _ in EdDSAPrivateKey().publicKey(as: ExchangePublicKey.self).json }
        }
        if let elsewhere = effects[.transactionBaseURL], response.status == 200 {
            response.setMember("transaction_base_url", to: .string(elsewhere.order.url ?? "\(baseURL)\(Self.newPlace)/"))
        }
        return response
    }

    private func answer(_ situation: Situation, to request: Request) -> Response {
        let order = situation.order
        switch situation.name {
        case .failing:
            var response = ErrorStyle.modern.response(
                APIError(.genericInternalInvariantFailure, hint: "This exchange fails because it was told to.", status: order.status))
            if [429, 503].contains(order.status) { response.fields["Retry-After"] = "1" }
            return response
        case .noJSON:
            return Response(
                type: "text/html; charset=utf-8",
                text: "<!DOCTYPE html><html lang=\"en\"><title>Log in</title><p>Welcome to this network. Please log in.</p></html>\n")
        case .moved:
            let place = order.url ?? "\(baseURL)\(Self.newPlace)/"
            return Response(status: order.status, fields: ["Location": place + request.target.drop { $0 == "/" }])
        default: return .unanswered
        }
    }

    /// The signature with one bit changed; what is none stays as it is.
    private static func spoiled(_ member: JSONValue) -> JSONValue {
        guard let signature = try? EdDSASignature(json: member) else { return member }
        var bytes = signature.bytes
        bytes[0] ^= 1
        return ((try? EdDSASignature(bytes)) ?? .zero).json
    }
}

extension Request {
    /// The request for what comes after this first segment; nil when it does not begin with it, or nothing comes.
    fileprivate func withoutFirst(_ segment: String) -> Request? {
        guard path.count > 1, path.first == segment, target.hasPrefix("/\(segment)/") else { return nil }
        return Request(
            method, String(target.dropFirst(segment.count + 1)), fields: fields, body: body, id: id, isLocalSocket: isLocalSocket,
            peer: peer)
    }
}

extension Response {
    /// Changes a member of a JSON object, if there are both.
    fileprivate mutating func changeMember(_ name: String, _ change: (JSONValue) -> JSONValue) {
        guard case .object(var object)? = try? json(), let old = object[name] else { return }
        object[name] = change(old)
        body = JSONValue.object(object).serialized()
    }

    /// Sets a member of a JSON object, if this is one.
    mutating func setMember(_ name: String, to value: JSONValue) {
        guard case .object(var object)? = try? json() else { return }
        object[name] = value
        body = JSONValue.object(object).serialized()
    }
}
