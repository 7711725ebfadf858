// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// One thing that goes wrong with one request to an exchange.
enum Fault: Sendable, Equatable {
    /// The connection is refused.
    case unreachable
    /// The connection is closed before the request was forwarded.
    case drop
    /// The request is forwarded, the answer is not.
    case dropAnswer
    /// The request waits until it is released.
    case delay
    /// The answer ends in the middle, without any sign of it in its header.
    case cut
    /// The answer ends before the length that its header says.
    case wrongLength
    /// The request is forwarded twice; the second answer comes back.
    case repeated
    /// A bit of the answer's body is turned.
    case corruptAnswer
    /// A bit of the request's body is turned.
    case corruptRequest
    /// Somebody on the way answers with this status; the request is not forwarded.
    case status(Int)
    /// The request is forwarded, and its answer replaced by this status.
    case answerStatus(Int)
    /// The answer's JSON lacks a member.
    case removeMember
    /// A member of the answer has a value of another type.
    case wrongType
    /// The answer does not end.
    case tooLarge
    /// A page for people instead of the answer; the request was forwarded.
    case html
    /// The answer's header does not come whole before it is released.
    case slowHeaders
    /// The backend is killed when the request has left it, before it was forwarded.
    case killBefore
    /// The backend is killed when the exchange has answered, before the answer was forwarded.
    case killAfter

    /// Its row in the table.
    var kind: String {
        switch self {
        case .unreachable: "connection refused"
        case .drop: "request dropped"
        case .dropAnswer: "answer dropped"
        case .delay: "request delayed"
        case .cut: "answer cut"
        case .wrongLength: "answer shorter than said"
        case .repeated: "request repeated"
        case .corruptAnswer: "byte of the answer corrupted"
        case .corruptRequest: "byte of the request corrupted"
        case .status(let status): "status \(status) instead"
        case .answerStatus(let status): "status \(status) after the fact"
        case .removeMember: "member removed"
        case .wrongType: "member of another type"
        case .tooLarge: "answer too large"
        case .html: "HTML instead of JSON"
        case .slowHeaders: "header held back"
        case .killBefore: "backend killed before the exchange"
        case .killAfter: "backend killed before the answer"
        }
    }

    /// After it nobody on the backend's side can know whether the exchange took the coins.
    var leavesDoubt: Bool {
        switch self {
        case .dropAnswer, .cut, .wrongLength, .corruptAnswer, .removeMember, .wrongType, .tooLarge, .html, .answerStatus, .killAfter: true
        case .unreachable, .drop, .delay, .repeated, .corruptRequest, .status, .slowHeaders, .killBefore: false
        }
    }

    /// Every status that an exchange, or what stands before it, may answer with.
    static let statuses = [200, 202, 301, 302, 307, 308, 400, 403, 404, 408, 409, 410, 413, 429, 451, 500, 502, 503, 504]
    /// The statuses that tell nothing about a request that was forwarded. Whoever takes coins and then says otherwise is no exchange.
    static let laterStatuses = [202, 301, 302, 307, 500, 502, 503, 504]

    /// One of each that happens on the way.
    static let all: [Fault] =
        [
            .unreachable, .drop, .dropAnswer, .delay, .cut, .wrongLength, .repeated, .corruptAnswer, .corruptRequest, .removeMember,
            .wrongType, .tooLarge, .html, .slowHeaders,
        ] + statuses.map(Fault.status) + laterStatuses.map(Fault.answerStatus)
}

/// A fault with the random number by which it chooses its byte or its member.
struct PlannedFault: Sendable, Equatable {
    var fault: Fault
    var salt: UInt64 = 0
}
