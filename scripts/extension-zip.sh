#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
# scripts/extension-zip.sh FILE   the wallet's extension as one zip, as the stores of Chromium and Firefox take it; the same sources make the same bytes
# scripts/extension-zip.sh --check FILE   whether such a zip holds what it must, and nothing else
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../wallet-extension"

/usr/bin/python3 - "$@" <<'PYTHON'
import json
import pathlib
import re
import sys
import zipfile

# The in-page wallet, the tests and what node needs stay at home.
FOLDERS = ["_locales", "core", "engine", "extension", "icons", "window"]
KINDS = {".js", ".html", ".css", ".json", ".png", ".svg"}
LANGUAGES = {"en", "de", "fr", "es", "it"}


def sources():
    return ["manifest.json"] + sorted(str(path) for folder in FOLDERS for path in pathlib.Path(folder).rglob("*") if path.is_file())


def make(target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sources():
            # No time, owner or mode of this machine.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, pathlib.Path(name).read_bytes())


def problems(target):
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        texts = {name: archive.read(name) for name in names}
    held = set(names)
    if len(held) != len(names):
        yield "a name stands twice"
    for name in sorted(held ^ set(sources())):
        yield f"{name} is in the zip or in the folder only"
    for name in names:
        if pathlib.Path(name).suffix not in KINDS or name.startswith("/") or ".." in name.split("/"):
            yield f"{name} is nothing that an extension needs"
        if pathlib.Path(name).is_file() and texts[name] != pathlib.Path(name).read_bytes():
            yield f"{name} is another one than in the folder"
    manifest = json.loads(texts["manifest.json"])
    background = manifest["background"]
    wanted = [background["service_worker"], *background["scripts"], *manifest["icons"].values(), manifest["action"]["default_popup"]]
    wanted += [path for one in manifest["content_scripts"] for path in one["js"]]
    wanted += [f"_locales/{language}/messages.json" for language in LANGUAGES]
    # Whatever a module or a page asks for is there.
    for name, text in texts.items():
        if not name.endswith((".js", ".html")):
            continue
        pattern = r'\bfrom "(\.[^"]+)"|^import "(\.[^"]+)"' if name.endswith(".js") else r'\b(?:src|href)="([^"#:]+)'
        for found in re.finditer(pattern, text.decode(), re.MULTILINE):
            path = next(part for part in found.groups() if part is not None)
            parts = []
            for part in [*name.split("/")[:-1], *path.split("/")]:
                if part == "..":
                    if not parts:
                        yield f"{name} asks for {path}, outside of the extension"
                        break
                    parts.pop()
                elif part != ".":
                    parts.append(part)
            else:
                wanted.append("/".join(parts))
    for name in sorted(set(wanted) - held):
        yield f"{name} is missing"


arguments = sys.argv[1:]
check = arguments[:1] == ["--check"]
if len(arguments) != (2 if check else 1):
    sys.exit("usage: scripts/extension-zip.sh [--check] FILE (an absolute path)")
target = pathlib.Path(arguments[-1])
if not target.is_absolute():
    sys.exit("the file's path must be absolute")
if not check:
    make(target)
found = list(problems(target))
print("\n".join(found) if found else f"{target.name}: {len(zipfile.ZipFile(target).namelist())} files, {target.stat().st_size} bytes")
sys.exit(1 if found else 0)
PYTHON
