"""`python -m bench`: measure, write the figures, and end with 1 where a goal was missed."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from bench import parts
from bench.report import Report

WORK = Path(__file__).resolve().parent.parent / ".cache"
BESIDE_BARE = {
    "file": parts.measure_filing,
    "rate": parts.measure_rating,
    "track": parts.measure_tracking,
    "crowd": parts.measure_crowd,
}
ALONE = {
    "inbox": parts.measure_inbox,
    "year": parts.measure_year,
    "phone": parts.measure_phone,
}


def main() -> int:
    """Measure the parts asked for; every part unless told otherwise."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="*", help=f"of {', '.join(parts.PARTS)}; all unless said")
    parser.add_argument("--quick", action="store_true", help="shorter rounds and smaller registers")
    asked = parser.parse_args()
    if unknown := set(asked.part) - set(parts.PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    chosen = asked.part or parts.PARTS
    measure = parts.QUICK if asked.quick else parts.WHOLE
    report = Report(lambda line: print(line, flush=True))
    WORK.mkdir(exist_ok=True)
    # On the disk of the project, not in memory: a commit must cost what it costs.
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=WORK))
    try:
        if beside := [one for name, one in BESIDE_BARE.items() if name in chosen]:
            with parts.pair(folder) as both:
                for part in beside:
                    part(both, measure, report)
        for name, alone in ALONE.items():
            if name in chosen:
                alone(folder, measure, report)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if report.missed:
        print("missed: " + "; ".join(report.missed))
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
