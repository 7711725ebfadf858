#!/usr/bin/python3
# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""
The pictures of the documentation, made of the running programs: small PNG files with a palette, and the page that shows them.

    /usr/bin/python3 Tests/Browser/gallery.py --programs .build/debug --images docs/images --page docs/gallery.md
"""

import argparse
import base64
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from browser import Browser  # noqa: E402
from gallery_extension import ExtensionStudio  # noqa: E402
from gallery_pictures import PICTURES, Studio  # noqa: E402
from report import Report  # noqa: E402
from sandbox import Sandbox, without_proxies  # noqa: E402

# In bytes, for each picture.
LARGEST = 150_000

HEAD = """# What it looks like

Pictures of the demonstration, made by `scripts/gallery.sh` from the running programs. The money is play money.
"""


def shrink(source, target):
    """The picture with at most so many colours as keep it below the largest size."""
    for colours in (256, 128, 64, 32, 16):
        subprocess.run(["pngquant", "--force", "--strip", "--speed", "1", "--output", target, str(colours), source], check=True)
        if target.stat().st_size < LARGEST:
            return
    raise RuntimeError(f"{target.name} has {target.stat().st_size} bytes")


def main():
    parser = argparse.ArgumentParser(description="The pictures of the documentation.")
    parser.add_argument("--programs", required=True, help="folder of the built programs")
    parser.add_argument("--images", required=True, type=pathlib.Path, help="folder for the pictures")
    parser.add_argument("--page", required=True, type=pathlib.Path, help="the page that shows them")
    arguments = parser.parse_args()
    without_proxies()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="taler-gallery-"))
    sandbox = Sandbox.started(arguments.programs, scratch)
    try:
        with Browser("gallery", scratch, scratch) as browser, Browser("gallery-wallet", scratch, scratch, extension=True) as other:
            studio = Studio(Report(), sandbox, browser, ExtensionStudio(sandbox, other))
            lines = [HEAD]
            section = None
            for picture in PICTURES:
                source = scratch / f"{picture.name}.png"
                source.write_bytes(base64.b64decode(picture.take(studio)))
                shrink(source, arguments.images / f"{picture.name}.png")
                print(f"{picture.name}: {(arguments.images / f'{picture.name}.png').stat().st_size} bytes", flush=True)
                if picture.section != section:
                    section = picture.section
                    lines.append(f"## {section}\n")
                lines.append(f"{picture.words}\n\n![{picture.words}](images/{picture.name}.png)\n")
            arguments.page.write_text("\n".join(lines))
    finally:
        sandbox.stop()
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
