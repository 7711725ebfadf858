// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import WebSession

extension Shop {
    private static let formPurpose = Signer.Purpose("form")
    /// The hidden field of every form, and the detail of a refusal because of it.
    static let formField = "form_token"

    /// What the forms of a session's pages hold: another site cannot know it.
    func formToken(_ session: String) -> String { links.signer.signature(of: session, for: Self.formPurpose) }

    /// A form's body is no longer: an address and fifty lines of a cart are much less.
    static let maximumFormBytes = 64 << 10
    static let maximumFormFields = 200

    /// The fields of a form that came from one of this visitor's own pages. What can be refused unread is not parsed.
    /// - Throws: 413 / 32 for what is too long, 400 / 26 for what is no form, 403 / 44 with ``formField`` as detail for another visitor's
    ///   or another site's.
    func form(_ request: Request, _ visitor: Visitor) throws(APIError) -> Query {
        let type = request.fields["Content-Type"]?.prefix { $0 != ";" }.lowercased()
        guard request.body.count <= Self.maximumFormBytes else {
            throw APIError(.genericUploadExceedsLimit, hint: "A form is not that long.")
        }
        let separators = request.body.count { $0 == UInt8(ascii: "&") }
        guard type == "application/x-www-form-urlencoded", separators < Self.maximumFormFields else { throw .noForm }
        // The browser's own word, from those that give it.
        guard request.fields["Sec-Fetch-Site"] != "cross-site", !visitor.isNew else { throw .foreignForm }
        guard let form = Query(encoded: String(decoding: request.body, as: UTF8.self)) else { throw .noForm }
        guard let token = form[Self.formField], links.signer.isValid(token, of: visitor.name, for: Self.formPurpose) else {
            throw .foreignForm
        }
        return form
    }
}

extension APIError {
    fileprivate static var noForm: APIError { APIError(.genericParameterMalformed, hint: "This was no form of the shop's.") }

    fileprivate static var foreignForm: APIError {
        APIError(
            .genericForbidden, hint: "This form is too old, or it was not made by this shop for you.", detail: Shop.formField)
    }
}
