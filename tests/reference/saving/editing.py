"""Presses keys in the real window, kills the program with SIGKILL at a random moment, and reads the recovery file.

In one half of the runs each press adds a maintenance window or a change freeze. In the other half, keys type the name of a
new window, and the field is not left. A press counts as an edit from the moment before the key goes down. Every edit that
is older than 2.0 s at the kill must be in the recovery file.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_SECONDS = 2.0
# In turn, since two presses of one key in one frame are one command.
KEYS = ["ctrl+shift+n", "ctrl+shift+f"]
LETTER = "q"
LONGEST_EDITING = 5.0
PLAN = Path("assets/sample.ron")


def xdotool(*words):
    found = subprocess.run(["xdotool", *map(str, words)], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def wait_for(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := condition():
            return result
        time.sleep(0.05)
    raise RuntimeError(f"{what} takes longer than {seconds} s")


def added(text):
    """The number of records in a plan that were added by keys."""
    return len(re.findall(r'^        \(?\s*id: "new-(?:window|freeze)', text, re.MULTILINE))


def typed(text):
    """The number of letters that were typed into the name of a new window."""
    return max(map(len, re.findall(f'^ *name: "({LETTER}+)"', text, re.MULTILINE)), default=0)


class Run:
    """One start of the program, in a folder of its own."""

    def __init__(self, program, folder, types):
        self.program, self.folder, self.count = program, folder, typed if types else added
        self.plan = folder / "plan.ron"
        shutil.copy(PLAN, self.plan)
        self.environment = dict(os.environ, WINDOWSILL_HOME=str(folder / "home"), WINDOWSILL_ZONE_DATA="bundled",
                                WINDOWSILL_RENDERER="glow")
        self.window = None

    def edit_and_kill(self, dice):
        """Returns the number of edits before, and how old each later edit was at the kill, the oldest first."""
        log = self.folder / "log"
        with open(log, "wb") as err:
            process = subprocess.Popen([self.program, str(self.plan)], env=self.environment, stderr=err)
        try:
            visible = ["search", "--onlyvisible", "--name", "Windowsill"]
            self.window = wait_for(lambda: xdotool(*visible).split(), "opening the window")[0]
            xdotool("windowfocus", self.window)
            before = self.edit_and_save()
            pressed = self.type_name(dice) if self.count is typed else self.press_keys(dice)
            killed = time.monotonic()
        except RuntimeError as error:
            state = "runs" if process.poll() is None else f"ended with {process.returncode}"
            raise RuntimeError(f"{error}; the program {state}: {log.read_text()[-300:]}") from error
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        return before, [killed - moment for moment in pressed]

    def edit_and_save(self):
        """Waits until the window follows keys and has saved what they did. Returns the number of edits so far."""
        def follows(key, is_done):
            xdotool("key", key)
            end = time.monotonic() + 2
            while time.monotonic() < end and not is_done():
                time.sleep(0.02)
            return is_done()
        wait_for(lambda: follows(KEYS[0], self.is_unsaved), "the first edit")
        wait_for(lambda: follows("ctrl+s", lambda: not self.is_unsaved()), "the first save")
        # Keys of a slow start may still come.
        time.sleep(0.2)
        wait_for(lambda: not self.is_unsaved() or follows("ctrl+s", lambda: not self.is_unsaved()), "the first save")
        return self.count(self.plan.read_text())

    def is_unsaved(self):
        return xdotool("getwindowname", self.window).startswith("•")

    def press_keys(self, dice):
        """Returns when the keys were pressed."""
        pressed, end = [], time.monotonic() + dice.uniform(0.1, LONGEST_EDITING)
        while (now := time.monotonic()) < end:
            pressed.append(now)
            xdotool("key", KEYS[len(pressed) % 2])
            # Sometimes a pause, so that edits come after an autosave and before the next.
            pause = dice.uniform(1.0, 3.0) if dice.random() < 0.1 else dice.uniform(0.15, 0.4)
            time.sleep(max(0, min(pause, end - time.monotonic())))
        return pressed

    def type_name(self, dice):
        """Adds a window, whose name is selected then, and types another one. Returns when each letter was typed."""
        xdotool("key", KEYS[0])
        wait_for(self.is_unsaved, "adding a window")
        time.sleep(0.3)
        pressed, end = [], time.monotonic() + dice.uniform(0.1, LONGEST_EDITING)
        while (now := time.monotonic()) < end:
            pressed.append(now)
            xdotool("key", LETTER)
            pause = dice.uniform(1.0, 3.0) if dice.random() < 0.05 else dice.uniform(0.03, 0.3)
            time.sleep(max(0, min(pause, end - time.monotonic())))
        return pressed

    def found(self):
        """The number of edits that a person gets back."""
        restored = self.folder / "restored.ron"
        words = [self.program, "recover", "1", "-o", str(restored)]
        subprocess.run(words, env=self.environment, capture_output=True, check=False)
        return self.count((restored if restored.exists() else self.plan).read_text())


def main():
    program, kills = str(Path(sys.argv[1]).resolve()), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 42
    dice, edits, oldest_lost, failed, left_out = random.Random(seed), 0, 0.0, 0, 0
    for number in range(1, kills + 1):
        with tempfile.TemporaryDirectory() as folder:
            run = Run(program, Path(folder), number % 2 == 0)
            try:
                before, ages = run.edit_and_kill(dice)
            except RuntimeError as error:
                # A window that did not open in a minute says nothing about recovery.
                print(f"Kill {number} was left out: {error}", file=sys.stderr, flush=True)
                left_out += 1
                continue
            kept = run.found() - before
        edits += len(ages)
        lost = max(ages[kept:], default=0.0)
        oldest_lost = max(oldest_lost, lost)
        if lost > MOST_SECONDS or kept < 0:
            failed += 1
            print(f"Kill {number}: {kept} of {len(ages)} edits kept, the oldest lost one is {lost:.2f} s old",
                  file=sys.stderr, flush=True)
        if number % 50 == 0 or number == kills:
            print(f"{number - left_out} kills, {edits} edits: the oldest lost edit was {oldest_lost:.2f} s old, {failed} kills lost "
                  f"more than {MOST_SECONDS} s", flush=True)
    sys.exit(failed > 0)


main()
