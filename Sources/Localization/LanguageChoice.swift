// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// Finds the language for a request among those that are offered: `?lang=`, else a cookie, else `Accept-Language`, else the first.
public struct LanguageChoice: Sendable {
    /// Not empty, no language twice.
    public let offered: [Language]
    private let cookie: String
    private let path: String
    private let isSecure: Bool

    /// - Parameters:
    ///   - offered: the first is for who wants none of them; English when there is none.
    ///   - cookie: the name of the cookie that keeps a choice.
    ///   - isSecure: whether the program is reached over https.
    public init(_ offered: [Language], cookie: String, path: String = "/", isSecure: Bool) {
        var unique: [Language] = []
        for language in offered where !unique.contains(language) { unique.append(language) }
        self.offered = unique.isEmpty ? [.english] : unique
        self.cookie = cookie
        self.path = path
        self.isSecure = isSecure
    }

    /// What a request is to be answered in.
    public func language(for request: Request) -> Language {
        if let chosen = chosen(by: request) { return chosen }
        if let kept = request.cookies[cookie].flatMap(offeredLanguage) { return kept }
        return AcceptLanguage(request.fields.all("Accept-Language")).best(of: offered) ?? offered[0]
    }

    /// The language of `?lang=`; nil without it, and for what is not offered.
    public func chosen(by request: Request) -> Language? { request.query["lang"].flatMap(offeredLanguage) }

    private func offeredLanguage(_ code: String) -> Language? { Language(rawValue: code).flatMap { offered.contains($0) ? $0 : nil } }

    /// Makes the browser keep a choice for a year, and tells caches what the answer depends on.
    public func mark(_ response: inout Response, chosen: Language?) {
        response.fields["Vary"] = "Accept-Language, Cookie"
        guard let chosen else { return }
        let secure = isSecure ? "; Secure" : ""
        response.fields.append(
            "Set-Cookie", "\(cookie)=\(chosen.code); Path=\(path); Max-Age=31536000; HttpOnly; SameSite=Lax\(secure)")
    }

    /// The query that shows the same page in another language: the other parameters stay, all of them encoded afresh.
    public func query(_ language: Language, of request: Request) -> String {
        let others = request.query.pairs.filter { $0.name != "lang" }
            .map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
        return "?" + (others + ["lang=\(language.code)"]).joined(separator: "&")
    }
}
