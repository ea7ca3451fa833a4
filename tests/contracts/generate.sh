#!/bin/sh
# Makes tests/contracts/schemas anew from the packages that package.json pins. Needs Node 20 and npm; works in a
# temporary folder and leaves nothing else behind. The tests need neither.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/generate.mjs" "$work"
cd "$work"
npm install --no-package-lock --ignore-scripts --no-audit --no-fund --silent
node generate.mjs "$here/schemas"
