#!/usr/bin/env bash
# Brings other people's work for the browser (package-lock.json) into simulator/browser/vendor, by npm; where there is no
# npm, one is borrowed from the Python registry for the occasion. Failing here fails nothing else: pages say what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

vendor=simulator/browser/vendor
stamp=$vendor/.made-from
made_from=$(cat package-lock.json scripts/browser_parts.sh | cksum)

say() { printf 'setup: %s\n' "$*"; }

[ "$(cat "$stamp" 2>/dev/null || true)" != "$made_from" ] || exit 0

# Without a network this must end soon: it is asked again at each `make demo`.
impatient=(--fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=2000)
borrowed=
trap '[ -z "$borrowed" ] || rm -rf "$borrowed"' EXIT

run_npm() {
    if command -v npm >/dev/null && npm --version >/dev/null 2>&1 && [ "${SETUP_WITHOUT_NPM:-}" != 1 ]; then
        npm "$@"
        return
    fi
    say "no npm on the PATH; borrowing one (some 60 MB, removed again)"
    borrowed=$(mktemp -d)
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --target "$borrowed" \
        --require-hashes --no-deps -r requirements-node.lock || return 1
    PYTHONPATH=$borrowed PATH=$borrowed/bin:$PATH "$borrowed/bin/npm" "$@"
}

bring() {
    say "fetching what the browser needs, with npm"
    run_npm ci --ignore-scripts --loglevel=error "${impatient[@]}" >/dev/null || return 1
    local sarabun=node_modules/@fontsource/sarabun leaflet=node_modules/leaflet flex=node_modules/flex-render new=$vendor.new
    rm -rf "$new"
    mkdir -p "$new/flex-render" "$new/leaflet" "$new/sarabun/files"
    cp "$flex/dist/index.js" "$flex/dist/index.css" "$new/flex-render/"
    cp "$leaflet/dist/leaflet-src.esm.js" "$new/leaflet/leaflet.js"
    cp "$leaflet/dist/leaflet.css" "$new/leaflet/"
    cp -R "$leaflet/dist/images" "$new/leaflet/images"
    local weight
    for weight in 400 500 700; do
        cp "$sarabun"/files/sarabun-*-"$weight"-normal.woff2 "$new/sarabun/files/"
        # The older form of the font is left out, and with it its place in the list of sources.
        sed 's/, *url([^)]*\.woff) format(.woff.)//' "$sarabun/$weight.css" >>"$new/sarabun/sarabun.css"
        printf '\n' >>"$new/sarabun/sarabun.css"
    done
    # Each keeps its licence beside it; flex-render (MIT) comes without a file for it.
    cp "$leaflet/LICENSE" "$new/leaflet/" 2>/dev/null || true
    cp "$sarabun/LICENSE" "$new/sarabun/" 2>/dev/null || true
    printf '%s\n' "$made_from" >"$new/.made-from"
    rm -rf "$vendor"
    mv "$new" "$vendor"
}

if ! bring; then
    rm -rf "$vendor.new"
    say "the browser's parts could not be fetched (no npm, or no network); everything else works." >&2
    say "'make setup' tries again; until then the page of the phones says what is missing." >&2
fi
