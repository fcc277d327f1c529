#!/bin/sh
# Make .venv with everything pinned by hash: `sh tools/setup.sh core` to run Fanal, `… dev` to test it as well, `… bench`
# to measure it against others (two of those are built here, which takes a C++ compiler).
# Needs python3 alone. Does nothing where nothing changed; never asks; reaches the package index only when it must.
set -eu
cd "$(dirname "$0")/.."
set_of=${1:-core}
venv=.venv
export PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 UV_NO_PROGRESS=1
exec </dev/null

say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 2; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@" 2>/dev/null; fi; }

# What the marks stand for: this place and these pins. A moved tree or a new pin is set up again.
print_of() { { pwd; cat requirements/uv.txt "requirements/$1.txt" tools/setup.sh; } | cksum; }
set_up() { [ -x "$venv/bin/python" ] && [ "$(cat "$venv/.$1" 2>/dev/null)" = "$(print_of "$1")" ]; }

if set_up bench || { [ "$set_of" != bench ] && set_up dev; } || { [ "$set_of" = core ] && set_up core; }; then exit 0; fi
[ "$set_of" = core ] && [ -e "$venv/.dev" ] && set_of=dev # what tests once needed stays

good='import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))'
python=
for one in "${PYTHON:-python3}" python3.13 python3.12 python3.14 python3.11; do
    if command -v "$one" >/dev/null 2>&1 && "$one" -c "$good" 2>/dev/null; then python=$one; break; fi
done
[ -n "$python" ] || stop "Fanal needs Python 3.11 to 3.14, and none was found. Install one, or name it: make PYTHON=/path/to/python3"
[ "$python" = "${PYTHON:-python3}" ] || say "using $python (Fanal needs Python 3.11 to 3.14)"

if ! "$venv/bin/python" -c "$good" 2>/dev/null; then
    say "making $venv"
    rm -rf "$venv"
    if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
        rm -rf "$venv"
        # Debian and its like keep a part of venv in a package of its own.
        if command -v apt-get >/dev/null 2>&1; then
            say "installing python3-venv"
            as_root apt-get update -qq >/dev/null 2>&1 || true
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null 2>&1 || true
        fi
        if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
            rm -rf "$venv"
            if "$python" -m pip --version >/dev/null 2>&1; then
                "$python" -m venv --without-pip "$venv" >/dev/null 2>&1 || stop "python could not make $venv: is this folder writable?"
            else
                stop "this Python has neither venv nor pip. On Debian or Ubuntu: sudo apt-get install python3-venv"
            fi
        fi
    fi
fi
here=$venv/bin/python
rm -f "$venv/.core" "$venv/.dev" "$venv/.bench"

pip() {
    if "$here" -m pip --version >/dev/null 2>&1; then "$here" -m pip "$@"; else "$python" -m pip --python "$here" "$@"; fi
}
say "installing requirements/$set_of.txt, by hash"
if pip install -q --require-hashes -r requirements/uv.txt 2>/dev/null && [ -x "$venv/bin/uv" ]; then
    "$venv/bin/uv" pip sync -q --require-hashes --compile-bytecode --python "$here" "requirements/$set_of.txt" ||
        stop "the packages could not be installed. Is the package index within reach, and is there room on the disk?"
else # no uv for this machine: slower, from the same pins
    pip install -q --require-hashes -r "requirements/$set_of.txt" ||
        stop "the packages could not be installed. Is the package index within reach, and is there room on the disk?"
fi

# Fanal itself runs from src: one line in a .pth file, so that nothing is built and no build tool is fetched.
"$here" - <<'PYTHON'
import pathlib
import stat
import sysconfig

paths = sysconfig.get_paths()
pathlib.Path(paths["purelib"], "fanal.pth").write_text(f"{pathlib.Path('src').resolve()}\n", encoding="utf-8")
command = pathlib.Path(paths["scripts"], "fanal")
command.write_text(
    f"#!{pathlib.Path(paths['scripts'], 'python')}\nimport sys\n\nfrom fanal.site.cli import main\n\nsys.exit(main())\n",
    encoding="utf-8",
)
command.chmod(command.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
PYTHON
print_of "$set_of" >"$venv/.$set_of"
