// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization

/// Puts together what the files say, and complains about what does not go together.
struct CatalogAssembly {
    let pictures: [String: FileStamp]
    let files: [String: FileStamp]
    private(set) var complaints: [CatalogError] = []
    private var drafts: [ProductDraft] = []
    private var byID: [String: Int] = [:]
    private var numbers: [Int64: String] = [:]
    private var ids: Set<String> = []
    private var translations: [Translation] = []

    init(pictures: [String: FileStamp], files: [String: FileStamp]) {
        self.pictures = pictures
        self.files = files
    }

    mutating func add(_ file: CatalogFile) {
        complaints += file.complaints
        translations += file.translations
        ids.formUnion(file.ids)
        for draft in file.drafts { add(draft) }
    }

    private mutating func add(_ draft: ProductDraft) {
        let product = draft.product
        if pictures[product.picture] == nil { complaints.append(draft.complaint("picture", "there is no pictures/\(product.picture)")) }
        if case .download(let file) = product.kind, files[file] == nil {
            complaints.append(draft.complaint("file", "there is no files/\(file)"))
        }
        if let other = byID[product.id] {
            complaints.append(draft.complaint("id", "\(drafts[other].place) has the id \(product.id), too"))
            return
        }
        if let other = numbers[product.number] {
            complaints.append(draft.complaint("number", "\(other) has the number \(product.number), too"))
        }
        byID[product.id] = drafts.count
        numbers[product.number] = product.id
        drafts.append(draft)
    }

    /// The products in the order of their numbers, with their translations.
    mutating func finish() -> [Product] {
        for translation in translations {
            guard let index = byID[translation.product] else {
                if !ids.contains(translation.product) { complain(translation, "there is no product \(translation.product)") }
                continue
            }
            let product = drafts[index].product
            if translation.language == product.language {
                complain(translation, "\(translation.language.code) is the main language of \(product.id)")
            } else if product.translations[translation.language] != nil {
                complain(translation, "\(product.id) is translated into \(translation.language.code) twice")
            } else {
                drafts[index].product.translations[translation.language] = translation.applied(to: product.text)
            }
        }
        return drafts.map(\.product).sorted { $0.number < $1.number }
    }

    private mutating func complain(_ translation: Translation, _ reason: String) {
        complaints.append(CatalogError(file: translation.file, line: translation.line, reason: reason))
    }
}
