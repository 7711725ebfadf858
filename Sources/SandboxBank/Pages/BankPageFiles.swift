// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Pages
public import WebSession

/// What the bank's pages are made of.
public struct BankPageFiles: Sendable {
    let templates: Templates
    let staticFiles: StaticFiles
    let signer: Signer

    /// Reads both folders; templates are checked against the pages.
    /// - Parameter signer: of cookies and forms.
    /// - Throws: `TemplateError`.
    public init(templates: String, staticFiles: String, signer: Signer) throws(TemplateError) {
        self.templates = try Templates(folder: templates, pages: BankPages.all, common: PageFrame.sample)
        self.staticFiles = try StaticFiles(folder: staticFiles)
        self.signer = signer
    }
}
