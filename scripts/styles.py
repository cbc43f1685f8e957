"""Make the stylesheets that are served, one per face, from the sheets in `web/styles`.

    python scripts/styles.py           write them
    python scripts/styles.py --check   say whether they are in step

Joining and squeezing is all: no preprocessor, so what is written is what the browser reads.
"""

import hashlib
import re
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "citizenfeedback" / "web"
COMMON = ("fonts", "tokens", "base", "govuk", "forms", "parts")
FACES = {
    "public.css": (*COMMON, "public", "filing"),
    "staff.css": (*COMMON, "staff", "inbox", "reports"),
    "kiosk.css": ("fonts", "tokens", "base", "govuk", "forms", "parts", "kiosk"),
    "print.css": ("print",),
}


def squeeze(css: str) -> str:
    """The same rules without comments (licence notes kept) and needless space."""
    css = re.sub(r"/\*(?!.*licence).*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r":\s+", ":", css)
    return css.replace(";}", "}").strip() + "\n"


def versioned(css: str) -> str:
    """Font addresses with the hash that `static_url` gives them."""

    def address(match: re.Match[str]) -> str:
        name = match.group(1)
        content = (WEB / "static" / name).read_bytes()
        return f"url({name}?v={hashlib.sha256(content).hexdigest()[:10]})"

    return re.sub(r"url\((fonts/[^)]+)\)", address, css)


def made() -> dict[str, str]:
    """Every served stylesheet by its name."""
    return {
        name: versioned(
            "".join(
                squeeze((WEB / "styles" / f"{sheet}.css").read_text(encoding="utf-8"))
                for sheet in sheets
            )
        )
        for name, sheets in FACES.items()
    }


def main() -> int:
    """Write or check; 1 when a served sheet is out of step."""
    stale = []
    for name, css in made().items():
        path = WEB / "static" / name
        if not path.is_file() or path.read_text(encoding="utf-8") != css:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(css, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.stderr.write(f"out of step, run scripts/styles.py: {', '.join(stale)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
