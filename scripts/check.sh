#!/usr/bin/env bash
# Everything that can be seen without running the product; each part says its name when it fails.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

part() {
  local name=$1
  shift
  if ! "$@" >"$scratch/$name" 2>&1; then
    failed+=("$name")
    echo "--- $name"
    cat "$scratch/$name"
  fi
}

types() { "$bin/mypy" >"$scratch/types" 2>&1; }
types & # the slowest by far runs beside the others
types_process=$!
part style "$bin/ruff" check --output-format concise .
part form "$bin/ruff" format --check .
part imports "$bin/lint-imports" --cache-dir .cache/import-linter
part templates "$bin/djlint" --configuration scripts/djlint.toml --lint --quiet citizenfeedback
part spelling "$bin/codespell"
part documents "$bin/python" docs/generate.py --check
if ! wait "$types_process"; then
  failed+=(types)
  echo "--- types"
  cat "$scratch/types"
fi

if [ ${#failed[@]} -gt 0 ]; then
  echo "make check: ${failed[*]} not in order"
  exit 1
fi
echo "make check: style, form, imports, templates, spelling, documents and types are in order"
