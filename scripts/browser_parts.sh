#!/usr/bin/env bash
# Brings other people's work for the browser (package-lock.json) into simulator/browser/vendor and console/vendor, by npm;
# where there is no npm, one is borrowed from the Python registry for the occasion. Failing here fails nothing else: the
# phones say what is missing, and the console is plain but works.
set -euo pipefail
cd "$(dirname "$0")/.."

vendors=(simulator/browser/vendor console/vendor)
made_from=$(cat package-lock.json scripts/browser_parts.sh scripts/paper_fonts.py | cksum)

say() { printf 'setup: %s\n' "$*"; }

is_made() {
    local vendor
    for vendor in "${vendors[@]}"; do
        [ "$(cat "$vendor/.made-from" 2>/dev/null || true)" = "$made_from" ] || return 1
    done
}

! is_made || exit 0

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

modules=node_modules

bring_leaflet() {
    mkdir -p "$1/leaflet"
    cp "$modules/leaflet/dist/leaflet-src.esm.js" "$1/leaflet/leaflet.js"
    cp "$modules/leaflet/dist/leaflet.css" "$1/leaflet/"
    cp -R "$modules/leaflet/dist/images" "$1/leaflet/images"
    cp "$modules/leaflet/LICENSE" "$1/leaflet/" 2>/dev/null || true
}

bring_sarabun() {
    local sarabun=$modules/@fontsource/sarabun weight
    mkdir -p "$1/sarabun/files"
    for weight in 400 500 700; do
        cp "$sarabun"/files/sarabun-*-"$weight"-normal.woff2 "$1/sarabun/files/"
        # The older form of the font is left out, and with it its place in the list of sources.
        sed 's/, *url([^)]*\.woff) format(.woff.)//' "$sarabun/$weight.css" >>"$1/sarabun/sarabun.css"
        printf '\n' >>"$1/sarabun/sarabun.css"
    done
    cp "$sarabun/LICENSE" "$1/sarabun/" 2>/dev/null || true
}

# Each keeps its licence beside it; flex-render (MIT) comes without a file for it.
bring_to_simulator() {
    mkdir -p "$1/flex-render"
    cp "$modules/flex-render/dist/index.js" "$modules/flex-render/dist/index.css" "$1/flex-render/"
    bring_leaflet "$1"
    bring_sarabun "$1"
}

bring_to_console() {
    mkdir -p "$1/bootstrap" "$1/htmx" "$1/echarts"
    # Without the line that points to a map for its own developers.
    sed 's:/\*# sourceMappingURL=.* \*/$::' "$modules/bootstrap/dist/css/bootstrap.min.css" >"$1/bootstrap/bootstrap.min.css"
    cp "$modules/htmx.org/dist/htmx.min.js" "$1/htmx/"
    cp "$modules/echarts/dist/echarts.esm.min.js" "$1/echarts/echarts.js"
    cp "$modules/bootstrap/LICENSE" "$1/bootstrap/"
    cp "$modules/htmx.org/LICENSE" "$1/htmx/"
    cp "$modules/echarts/LICENSE" "$1/echarts/"
    bring_leaflet "$1"
    bring_sarabun "$1"
    # Papers (PDF) are set with whole fonts; they want them, and nothing else does.
    .venv/bin/python scripts/paper_fonts.py "$1/sarabun/files" "$1/sarabun/paper" ||
        say "the letters for papers could not be made; the summary has no PDF until 'make setup' makes them." >&2
}

put_in_place() {
    local vendor=$1 how=$2
    rm -rf "$vendor.new"
    "$how" "$vendor.new" || return 1
    printf '%s\n' "$made_from" >"$vendor.new/.made-from"
    rm -rf "$vendor"
    mv "$vendor.new" "$vendor"
}

bring() {
    say "fetching what the browser needs, with npm"
    run_npm ci --ignore-scripts --loglevel=error "${impatient[@]}" >/dev/null || return 1
    put_in_place simulator/browser/vendor bring_to_simulator || return 1
    put_in_place console/vendor bring_to_console
}

if ! bring; then
    rm -rf "${vendors[@]/%/.new}"
    say "the browser's parts could not be fetched (no npm, or no network); everything else works." >&2
    say "'make setup' tries again; until then the page of the phones says what is missing, and the console looks plain." >&2
fi
