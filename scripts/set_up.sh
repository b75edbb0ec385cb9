#!/usr/bin/env bash
# Makes .venv and fills it from requirements-dev.lock, with uv where it is on the PATH and with plain pip
# where it is not, so that Python, make and git stay the only things a newcomer must have.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

fits() {
    "$1" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}

choose_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
        if fits "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    return 1
}

uv_path=$(command -v uv || true)
case "$uv_path" in
    "$PWD"/.venv/*) uv_path= ;; # one that lives in the environment must not rebuild the environment
esac
[ "${SETUP_WITHOUT_UV:-}" = 1 ] && uv_path=
export UV_PYTHON_DOWNLOADS=never
export PIP_DISABLE_PIP_VERSION_CHECK=1

if [ -e .venv ] && ! fits .venv/bin/python; then
    fail ".venv is there but its Python does not start or is not 3.11 to 3.13; remove .venv and run 'make setup' again"
fi

if [ ! -e .venv ]; then
    python=$(choose_python) || fail "no Python from 3.11 to 3.13 on the PATH; install one, or name it: make setup PYTHON=/path/to/python3.12"
    say "making .venv with $python"
    if [ -n "$uv_path" ]; then
        "$uv_path" venv --quiet --python "$python" .venv
    else
        "$python" -m venv .venv || {
            rm -rf .venv
            fail "Python could not make a virtual environment; on Debian and Ubuntu install its part for that: apt install python3-venv"
        }
    fi
fi

if [ -n "$uv_path" ]; then
    say "installing what requirements-dev.lock names, with uv"
    install() { "$uv_path" pip install --quiet --python .venv/bin/python "$@"; }
else
    say "installing what requirements-dev.lock names, with pip (half a minute the first time)"
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    # pip compiles file after file, also what nobody ever starts; below it goes side by side.
    install() { .venv/bin/python -m pip install --quiet --no-compile "$@"; }
fi

# The lock is whole, so nothing is resolved again; setuptools is in it, so the last step builds offline.
install --require-hashes --no-deps -r requirements-dev.lock
install --no-deps --no-build-isolation -e .

# Mostly waiting for the network: what follows is done meanwhile.
scripts/browser_parts.sh &
browser_parts=$!

# Compiled now, so that the first start is as quick as the second, also where Python may not write beside the code.
# The giants that only some tests load are left until then.
packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
.venv/bin/python -m compileall -qq -j 0 -x '/(botocore|cfnlint|fontTools|moto|mypy|mypyc|networkx|playwright|sympy)/' "$packages" || true
.venv/bin/python -m compileall -q -j 0 app.py clock.py config.py bot cases commands console flows handlers integrations jobs places simulator storage texts
wait "$browser_parts"

touch .venv/.set-up
say "ready: .venv/bin/fasttrack"
