"""Times to the first frame, and memory. Usage: python -m starts PROGRAM FOLDER RUNS

A start ends when the middle of the screen has more colours than an empty window. Memory is private: what no other process
shares, ten seconds after the first frame, of the program and its children.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from Xlib import X, display

SIZE = (1280, 800)
# Looked at: a stripe through the middle of the window.
STRIPE = (160, 380, 960, 40)
# An empty window and its frame have fewer.
COLOURS = 12
MOST_SECONDS = 120
SETTLED_SECONDS = 10
BUDGETS = {"sample": 0.300, "large": 0.600}


class Screen:
    """An X server of its own, without a graphics adapter."""

    def __init__(self, number):
        self.name = f":{number}"
        command = ["Xvfb", self.name, "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"]
        self.server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                self.display = display.Display(self.name)
                return
            except Exception:
                time.sleep(0.05)
        sys.exit("Xvfb does not start")

    def colours(self):
        """How many colours the stripe has, up to the number that ends a start."""
        raw = self.display.screen().root.get_image(*STRIPE, X.ZPixmap, 0xFFFFFFFF).data
        return len({raw[at:at + 4] for at in range(0, len(raw), 4)})

    def end(self):
        self.display.close()
        self.server.terminate()
        self.server.wait()


def family(pid):
    """A process and all its children."""
    found = [pid]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def private_mb(pid):
    kilobytes = 0
    for each in family(pid):
        try:
            rows = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kilobytes += sum(int(row.split()[1]) for row in rows if row.startswith("Private_"))
    return kilobytes / 1000


def start(command, environment, number, is_settled):
    """Seconds to the first frame and, if wanted, MB of private memory."""
    screen = Screen(number)
    environment = {**os.environ, **environment, "DISPLAY": screen.name, "LIBGL_ALWAYS_SOFTWARE": "1"}
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    try:
        while screen.colours() < COLOURS:
            if process.poll() is not None:
                sys.exit(f"{command[0]} ended with {process.returncode}")
            if time.monotonic() - began > MOST_SECONDS:
                sys.exit(f"{command[0]} shows nothing after {MOST_SECONDS} s")
            time.sleep(0.002)
        seconds = time.monotonic() - began
        if is_settled:
            time.sleep(SETTLED_SECONDS)
        return seconds, private_mb(process.pid) if is_settled else None
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        screen.end()


def gnome_calendar(folder, name):
    """GNOME Calendar with a home of its own, in which the dates are the personal calendar."""
    home = folder / f"gnome-{name}"
    calendars = home / "data/evolution/calendar/system"
    if not calendars.exists():
        calendars.mkdir(parents=True)
        shutil.copy(folder / f"{name}.ics", calendars / "calendar.ics")
    environment = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config"),
                   "XDG_CACHE_HOME": str(home / "cache"), "GDK_BACKEND": "x11"}
    return ["dbus-run-session", "gnome-calendar", "--date", "2027-01-15"], environment


def main(program, folder, runs):
    folder, runs = Path(folder), int(runs)
    subjects = {"Windowsill": lambda name: ([program, str(folder / f"{name}.ron")], {"WINDOWSILL_RENDERER": "glow"})}
    if shutil.which("gnome-calendar") and shutil.which("dbus-run-session"):
        subjects["GNOME Calendar"] = lambda name: gnome_calendar(folder, name)
    for name, budget in BUDGETS.items():
        for subject, command_of in subjects.items():
            command, environment = command_of(name)
            # The first start finds nothing in the caches of the system and is not counted.
            start(command, environment, 90, False)
            seconds = [start(command, environment, 91 + number % 5, False)[0] for number in range(runs)]
            _, memory = start(command, environment, 97, True)
            goal = f", budget {budget * 1000:.0f} ms" if subject == "Windowsill" else ""
            print(f"{name}: {subject}: first frame {median(seconds) * 1000:.0f} ms (median of {runs}, "
                  f"{min(seconds) * 1000:.0f} to {max(seconds) * 1000:.0f}{goal}), {memory:.0f} MB private", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
