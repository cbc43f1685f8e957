#!/usr/bin/env bash
# Pins what setup.cfg allows, with hashes and without naming where it came from.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || true)
if [ -z "$uv" ]; then .venv/bin/python -m pip install --quiet uv; uv=.venv/bin/uv; fi
options=(--quiet --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 --universal)
"$uv" pip compile setup.cfg requirements/build.in -o requirements/base.txt "${options[@]}"
"$uv" pip compile setup.cfg requirements/build.in --extra test -c requirements/base.txt -o requirements/test.txt "${options[@]}"
