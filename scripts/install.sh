#!/usr/bin/env bash
# Makes .venv and puts the pinned versions into it: with uv when it can be had, else with pip.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=$1
python=${PYTHON:-python3}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

command -v "$python" >/dev/null || { echo "no $python here: install Python 3.11 or newer, or set PYTHON=" >&2; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  { echo "$("$python" --version) is too old: Python 3.11 or newer is needed (PYTHON= chooses it)" >&2; exit 1; }
if [ ! -x .venv/bin/python ]; then
  echo "making .venv" >&2
  if command -v uv >/dev/null; then
    uv venv --quiet --python "$python" .venv
  else
    "$python" -m venv .venv || { echo "cannot make a virtual environment: install python3-venv" >&2; exit 1; }
  fi
fi

uv=$(command -v uv || true)
if [ -z "$uv" ] && [ -x .venv/bin/pip ]; then
  .venv/bin/pip install --quiet uv >/dev/null 2>&1 && uv=.venv/bin/uv || true
fi
echo "installing the pinned versions ($kind)" >&2
if [ -n "$uv" ]; then
  "$uv" pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r "requirements/$kind.txt" &&
    "$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e . &&
    exit 0
  echo "uv could not install them; trying pip" >&2
  [ -x .venv/bin/pip ] || .venv/bin/python -m ensurepip >/dev/null
fi
.venv/bin/python -m pip install --quiet --require-hashes -r "requirements/$kind.txt"
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
