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

# The release of the zone data that are compiled into the program.
compiled_release() { head -n 2 assets/zone-data | sed -n 's/^release //p'; }

# Makes an environment $1 with the tzdata release $2 ("==2026.5", or empty for the newest).
make_venv() {
    python3 -m venv "$cache/$1" || fail "cannot make a virtual environment: install python3-venv"
    "$cache/$1/bin/pip" install --quiet --upgrade python-dateutil "tzdata$2" || fail "PyPI has no tzdata$2"
}
