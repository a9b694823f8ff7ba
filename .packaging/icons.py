"""Scales the icon: `icons.py PICTURE FOLDER` for Linux's icon theme, `icons.py PICTURE FILE.ico` for Windows.

assets/icon.ico is made like this."""

import sys
from pathlib import Path

from PIL import Image

SIZES = [16, 24, 32, 48, 64, 128, 256]


def main(source, target):
    picture, target = Image.open(source), Path(target)
    if target.suffix == ".ico":
        picture.save(target, sizes=[(size, size) for size in SIZES])
        return
    for size in SIZES:
        folder = target / "hicolor" / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True, exist_ok=True)
        picture.resize((size, size), Image.Resampling.LANCZOS).save(folder / "windowsill.png", optimize=True)


main(*sys.argv[1:])
