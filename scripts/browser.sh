#!/usr/bin/env bash
# Sees to it that the tests find a Chromium; installs Debian's when it may.
set -euo pipefail
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing chromium" >&2
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends chromium >/dev/null; then exit 0; fi
fi
echo "the browser tests need Chromium: apt-get install chromium (or set CHROMIUM=)" >&2
exit 1
