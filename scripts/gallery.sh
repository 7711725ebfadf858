#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
# scripts/gallery.sh        makes the pictures of docs/images and the page docs/gallery.md again, from the programs as they are
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/setup.sh
need_packages "${build_packages[@]}" chromium chromium-driver python3-selenium pngquant
need_swift
for product in sandbox merchant-backend merchant-frontend; do
    swift build --product "$product"
done
/usr/bin/python3 Tests/Browser/gallery.py --programs "$(swift build --show-bin-path)" --images docs/images --page docs/gallery.md
