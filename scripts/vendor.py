"""Take what the pages use of the component kit and the typeface from their npm packages.

    npm pack govuk-frontend@6.6.0 @fontsource/be-vietnam-pro@5.3.0   (then unpack each)
    python scripts/vendor.py <unpacked govuk-frontend> <unpacked be-vietnam-pro>

Kept of the stylesheet: the structure and states of the components named below. Left out: its
typeface, sizes, print rules and every other component; those are ours (`web/styles`).
"""

import re
import shutil
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "citizenfeedback" / "web"
COMPONENTS = (
    "checkboxes",
    "date-input",
    "error-message",
    "error-summary",
    "fieldset",
    "file-upload",
    "form-group",
    "hint",
    "input",
    "label",
    "radios",
    "select",
    "textarea",
    "visually-hidden",
)
# Parts of kept components that no page of ours has.
UNUSED = re.compile(
    r"govuk-frontend-supported|drop-zone|summary-card|__start-icon|--start|__conditional|"
    r"__divider|--inverse|file-upload-button|ms-high-contrast|"
    r"label--xl|legend--xl|input--width|button-group|:host|govuk-link|govuk-list|govuk-body"
)
OURS = re.compile(r"^(font-family|font-size|line-height|font-weight|-webkit-font|-moz-osx-font)")
SUBSETS = ("latin-ext", "vietnamese", "latin")
WEIGHTS = (400, 700)


def rules(css: str) -> list[tuple[str, str]]:
    """Top-level (prelude, body) pairs of a minified stylesheet."""
    found, start, depth, opened = [], 0, 0, 0
    for place, letter in enumerate(css):
        if letter == "{":
            depth += 1
            if depth == 1:
                opened = place
        elif letter == "}":
            depth -= 1
            if depth == 0:
                found.append((css[start:opened].strip(), css[opened + 1 : place]))
                start = place + 1
    return found


def kept_selectors(prelude: str) -> str:
    """The selectors that name a kept component and nothing left out."""
    kept = []
    for selector in prelude.split(","):
        names = re.findall(r"\.govuk-([a-z-]+?)(?:__|--|(?![a-z-]))", selector)
        if names and all(name in COMPONENTS for name in names) and not UNUSED.search(selector):
            kept.append(selector.strip())
    return ",".join(kept)


def slim(css: str) -> list[str]:
    """The kept rules, one a line, without the declarations that are ours to make."""
    lines = []
    for prelude, body in rules(css):
        if prelude.startswith("@media"):
            inner = [] if "print" in prelude else slim(body)
            if inner and not UNUSED.search(prelude):
                lines += [prelude + "{", *inner, "}"]
        elif not prelude.startswith("@"):
            selectors = kept_selectors(prelude)
            kept = [part for part in body.split(";") if part and not OURS.match(part)]
            if selectors and kept:
                lines.append(f"{selectors}{{{';'.join(kept)}}}")
    return lines


def main(kit: Path, typeface: Path) -> None:
    """Write `styles/govuk.css` and the font files."""
    source = kit / "dist" / "govuk" / "govuk-frontend.min.css"
    css = re.sub(r"/\*.*?\*/", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
    css = re.sub(
        r"(var\(--govuk-[a-z-]+),#[0-9a-f]+\)", r"\1)", css.replace('@charset "UTF-8";', "")
    )
    head = "/* Made by scripts/vendor.py from govuk-frontend (MIT licence, Crown copyright). */"
    (WEB / "styles" / "govuk.css").write_text("\n".join([head, *slim(css), ""]), encoding="utf-8")
    fonts = WEB / "static" / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for subset in SUBSETS:
        for weight in WEIGHTS:
            name = f"be-vietnam-pro-{subset}-{weight}"
            shutil.copyfile(typeface / "files" / f"{name}-normal.woff2", fonts / f"{name}.woff2")
    shutil.copyfile(typeface / "LICENSE", fonts / "LICENSE.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
