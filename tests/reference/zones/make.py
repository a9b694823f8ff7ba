"""Writes assets/zone-data: the zones of the installed PyPI package tzdata, in one file.

First lines of text: the form of the file, the release, the number of zones, then a line for each zone with its name and
where its data begin and how long they are. After an empty line come the data, as `zic` compiled them (TZif, RFC 9636).
Names for the same zone share their data.
"""

import pathlib
import sys
from importlib import resources

import tzdata


def zone_data():
    root = resources.files("tzdata").joinpath("zoneinfo")
    names = sorted(resources.files("tzdata").joinpath("zones").read_text().split())
    lines, blobs, begins, length = [], [], {}, 0
    for name in names:
        data = root.joinpath(*name.split("/")).read_bytes()
        if not data.startswith(b"TZif"):
            sys.exit(f"{name} is not a compiled zone")
        if data not in begins:
            begins[data] = length
            blobs.append(data)
            length += len(data)
        lines.append(f"{name} {begins[data]} {len(data)}")
    head = ["windowsill zone data 1", f"release {tzdata.IANA_VERSION}", f"zones {len(names)}", *lines, "", ""]
    return "\n".join(head).encode() + b"".join(blobs)


if __name__ == "__main__":
    pathlib.Path(sys.argv[1]).write_bytes(zone_data())
