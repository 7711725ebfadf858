// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import HTTPClient
import HTTPCore
import SandboxExchange
import TalerWire

/// Speaks with the serving exchange about situations, as its page does.
struct SituationClient {
    let baseURL: String
    let sender: any Sender

    /// Ends the program with 1 and a sentence when the exchange cannot be asked or refuses.
    static func use(_ option: ConfigurationOption, _ body: (SituationClient) async throws -> Void) async throws {
        let baseURL = try Configuration.load(option.file).section("exchange").baseURL("BASE_URL")
        let sender = CurlSender()
        defer { sender.shutdown() }
        do { try await body(SituationClient(baseURL: baseURL, sender: sender)) } catch let error as Trouble {
            print(error.sentence)
            throw ExitCode(1)
        }
    }

    struct Trouble: Error {
        let sentence: String
    }

    func list() async throws -> SituationList { try await session().list }

    func set(_ order: SituationOrder) async throws -> SituationChange {
        try await change("situations", order.form.map { ($0.name, $0.value) })
    }

    func clear(_ field: (String, String)?) async throws -> SituationChange {
        try await change("situations/clear", field.map { [$0] } ?? [])
    }

    static func form(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    }

    /// The token and the cookie that belong together.
    private func session() async throws -> (list: SituationList, cookie: String) {
        let answer = try await send(OutgoingRequest(.get, baseURL + "situations/list"))
        let cookie = answer.fields["Set-Cookie"]?.split(separator: ";").first.map(String.init) ?? ""
        guard let list = try? answer.json().decode(as: SituationList.self) else {
            throw Trouble(sentence: "\(baseURL) does not answer like an exchange with situations")
        }
        return (list, cookie)
    }

    private func change(_ path: String, _ pairs: [(String, String)]) async throws -> SituationChange {
        let (list, cookie) = try await session()
        let fields: HTTPFields = ["Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"]
        let body = Array(Self.form(pairs + [("token", list.token)]).utf8)
        let answer = try await send(OutgoingRequest(.post, baseURL + path, fields: fields, body: body))
        do { return try answer.json().decode() } catch { throw Trouble(sentence: "\(baseURL) gave an answer that cannot be read") }
    }

    private func send(_ request: OutgoingRequest) async throws -> Response {
        let answer: Response
        do { answer = try await sender.send(request) } catch { throw Trouble(sentence: "no answer from \(baseURL): \(error)") }
        guard answer.status != 200 else { return answer }
        if answer.status == 404 {
            throw Trouble(
                sentence: "situations are switched off at \(baseURL): start the exchange with `sandbox exchange serve --situations`")
        }
        let hint = (try? answer.json())?["hint"]?.stringValue ?? "status \(answer.status)"
        throw Trouble(sentence: hint)
    }
}
