#!/bin/sh
# Bring Chromium (for the browser journey) and gettext (for the French catalogues) from Debian, where they are missing
# and can be had. Where they cannot, the tests that need them say so and are skipped.
set -eu
exec </dev/null

wanted=
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || wanted=chromium
command -v msgfmt >/dev/null 2>&1 || wanted="$wanted gettext"
[ -n "$wanted" ] || exit 0
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
if ! command -v apt-get >/dev/null 2>&1; then
    echo "browser: no apt-get here; install yourself:$wanted" >&2
    exit 0
fi
echo "browser: installing $wanted" >&2
{
    as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted
} >/dev/null 2>&1 || echo "browser: could not install $wanted (it needs root, or sudo without a password)" >&2
