"""The time that the work of a window needs, in minutes. docs/glossary.md explains the terms.

work     = prepare + batches × (drain + patch + reboot + verify) + final verification
rollback = batches × roll back one batch + verification after rollback
need     = work + rollback + handover

docs/strategies.md says which phases take place: windows that switch to what was prepared before switch instead of
patching, and switch back instead of rolling back.
"""

from dataclasses import dataclass
from datetime import timedelta

from .ron import Guess

MINUTE = timedelta(minutes=1)
KEEPS_SERVICE_UP = ("Rolling", "BlueGreen")


@dataclass(frozen=True)
class Load:
    """The time that the work needs, regardless of the length of the window."""

    work: int
    rollback: int
    handover: int

    @property
    def need(self):
        return self.work + self.rollback + self.handover


def minutes(estimate, phase):
    """The likely value, or 0 if there is none."""
    value = estimate.get(phase)
    likely = value.likely if isinstance(value, Guess) else value or timedelta()
    return likely // MINUTE


def size_of(batch, hosts):
    """Hosts in one batch: a number, or a share of all hosts, rounded down; at least one."""
    number = batch.values[0]
    return max(1, number if batch.name == "Hosts" else hosts * min(number, 100) // 100)


def batches(batch, hosts):
    """The number of batches. The last size of a list applies to all remaining hosts."""
    match batch and batch.name:
        case None | "All":
            sizes = [hosts]
        case "List":
            sizes = [size_of(each, hosts) for each in batch.values[0]] or [hosts]
        case _:
            sizes = [size_of(batch, hosts)]
    count = 0
    while hosts > 0:
        hosts -= sizes[min(count, len(sizes) - 1)]
        count += 1
    return count


def load(estimate, batch, hosts, strategy):
    """The load of one estimate; None if patching or rolling back is not estimated, or switching where it replaces both."""
    match strategy:
        case "Immutable":
            each, first, back = ("drain", "switch", "verify"), (), "switch"
        case "BlueGreen":
            each, first, back, batch = ("switch",), (), "switch", None
        case _:
            each, first, back = ("drain", "patch", "reboot", "verify"), ("prepare",), "rollback"
    work = "switch" if back == "switch" else "patch"
    if estimate.get(work) is None or estimate.get(back) is None:
        return None
    count = batches(batch, hosts)
    one_batch = sum(minutes(estimate, phase) for phase in each)
    once = sum(minutes(estimate, phase) for phase in (*first, "final_verification"))
    rollback = count * minutes(estimate, back) + minutes(estimate, "rollback_verification")
    return Load(once + count * one_batch, rollback, minutes(estimate, "handover"))


def tracks_of(tracks, systems):
    """The systems by track; those in no track form one more."""
    found = {}
    for system in systems:
        index = next((index for index, track in enumerate(tracks) if system["id"] in track), len(tracks))
        found.setdefault(index, []).append(system)
    return list(found.values())


def fit(window, systems):
    """The load of a window that covers those systems; None if it cannot be calculated.

    Tracks run in parallel, the systems of one track follow one another. The longest track counts, for the work and for
    the rollback.
    """
    systems = [system for system in systems if system["hosts"] > 0]
    if not systems:
        return None
    work, batch, strategy = window["work"], window["batch"], window["strategy"].name
    if work.name == "Pool":
        return load(work.fields, batch, sum(system["hosts"] for system in systems), strategy)
    tracks = [
        [load(system["estimate"], batch, system["hosts"], strategy) for system in track]
        for track in tracks_of(work.values[0], systems)
    ]
    if any(each is None for track in tracks for each in track):
        return None
    return Load(
        max(sum(each.work for each in track) for track in tracks),
        max(sum(each.rollback for each in track) for track in tracks),
        max(each.handover for track in tracks for each in track),
    )
