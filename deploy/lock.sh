#!/usr/bin/env bash
# Pins every package with its hashes, for Python 3.11 to 3.13 on any platform. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
pin() { # output, further arguments
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-annotate --no-header --output-file "$@"
}
pin deploy/requirements.lock pyproject.toml
pin deploy/requirements-dev.lock --extra dev deploy/requirements-build.in pyproject.toml
pin deploy/requirements-bench.lock --constraint deploy/requirements-dev.lock --extra bench deploy/requirements-build.in \
    pyproject.toml
if grep -E '^-|://' deploy/requirements.lock deploy/requirements-dev.lock deploy/requirements-bench.lock; then
    echo "the lock files name a host" >&2
    exit 1
fi
