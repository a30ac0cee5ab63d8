"""`make book`: plays the guided day and renews the README's pictures with what the window showed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.architecture.sources import ROOT

BOOK = ROOT / "resources/pictures"
README = ROOT / "README.md"
BEGIN, END = "<!-- the day -->", "<!-- end of the day -->"
COLOURS = 128  # enough for flat surfaces and letters; a third of the bytes


def main() -> int:
    """Plays the day into the folder named (out/day), and takes its pictures only if every step held."""
    out = Path(sys.argv[1])
    played = subprocess.run([sys.executable, "-m", "app", "day", "--out", out], cwd=ROOT, check=False).returncode
    if played:
        return played
    BOOK.mkdir(exist_ok=True)
    for old in BOOK.glob("*.png"):
        old.unlink()
    told = []
    for step in json.loads((out / "report.json").read_text(encoding="utf-8"))["steps"]:
        name = re.sub(r"[^a-z0-9.]+", "-", Path(step["picture"]).name)
        with Image.open(out / step["picture"]) as picture:
            picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(BOOK / name, optimize=True)
        told += [f"**{step['number']}. {step['words']}**", "", f"![{step['words']}](resources/pictures/{name})", ""]
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text("\n".join([f"{before}{BEGIN}", "", *told]) + END + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
