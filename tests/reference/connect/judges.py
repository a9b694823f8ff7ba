"""Has other programs judge the files that are written for a plan. Usage: python -m connect.judges PROGRAM PLAN…

A judge that is not installed (amtool, puppet, terraform) is left out, and named.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date, time, timedelta
from pathlib import Path

import hcl2
import tree_sitter
import tree_sitter_powershell
import yaml
from azure.mgmt.maintenance.models import MaintenanceConfiguration
from google.cloud.osconfig_v1 import PatchDeployment
from plans.ron import choice, document

NOW = "2026-11-21T09:00:00Z"
BIN = Path(sys.executable).parent
WEEKLY = "weekly.ron"


def run(*command, **options):
    ran = subprocess.run(command, capture_output=True, text=True, **options)
    if ran.returncode:
        raise AssertionError(f"{Path(command[0]).name}: {(ran.stdout + ran.stderr).strip()[:2000]}")
    return ran.stdout


def judge_terraform(path):
    with path.open(encoding="utf-8") as file:
        assert hcl2.load(file)
    if terraform := shutil.which("terraform"):
        run(terraform, "fmt", "-check", "-diff", str(path))


def judge_cloudformation(path):
    # W: hints, e.g. that a property could be a parameter. E3010 is the limit of 500 resources, which the export remarks.
    run(str(BIN / "cfn-lint"), "--non-zero-exit-code", "error", "--ignore-checks", "E3010", "--", str(path))


def judge_azure(path):
    for resource in json.loads(path.read_text(encoding="utf-8"))["resources"]:
        configuration = MaintenanceConfiguration.deserialize(resource)
        assert configuration.start_date_time and configuration.duration and configuration.time_zone
        assert configuration.maintenance_scope == "InGuestPatch"
        assert not configuration.additional_properties.keys() - {"apiVersion"}, configuration.additional_properties


def judge_gcp(path):
    for deployment in json.loads(path.read_text(encoding="utf-8")):
        PatchDeployment.from_json(json.dumps(deployment), ignore_unknown_fields=False)


def judge_intervals(path):
    assert yaml.safe_load(path.read_text(encoding="utf-8"))
    if amtool := shutil.which("amtool"):
        run(amtool, "check-config", str(path))


def judge_yaml(path):
    assert yaml.safe_load(path.read_text(encoding="utf-8"))


def judge_json(path):
    json.loads(path.read_text(encoding="utf-8"))


def judge_powershell(path):
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    text = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    assert not parser.parse(text).root_node.has_error, "PowerShell cannot parse it"


def judge_shell(path):
    run("sh", "-n", str(path))


def judge_inventory(path):
    said = run(str(BIN / "ansible-inventory"), "-i", str(path), "--list", env=os.environ | {"LC_ALL": "C.UTF-8"})
    assert "_dates" in said


def judge_playbook(path):
    run(str(BIN / "ansible-playbook"), "--syntax-check", "-i", "localhost,", str(path), env=os.environ | {"LC_ALL": "C.UTF-8"})


def judge_puppet(path):
    if puppet := shutil.which("puppet"):
        run(puppet, "parser", "validate", str(path))


JUDGES = {
    ("ssm", "cloudformation", "yaml"): judge_cloudformation,
    ("ssm", "terraform", "tf"): judge_terraform,
    ("azure", "json", "json"): judge_azure,
    ("azure", "terraform", "tf"): judge_terraform,
    ("gcp", "json", "json"): judge_gcp,
    ("gcp", "terraform", "tf"): judge_terraform,
    ("alertmanager", "silences", "json"): judge_json,
    ("alertmanager", "intervals", "yml"): judge_intervals,
    ("grafana", "mute-timings", "yaml"): judge_yaml,
    ("zabbix", "maintenance", "json"): judge_json,
    ("configmgr", "powershell", "ps1"): judge_powershell,
    ("wsus", "powershell", "ps1"): judge_powershell,
    ("satellite", "hammer", "sh"): judge_shell,
    ("puppet", "schedules", "pp"): judge_puppet,
    ("puppet", "hiera", "yaml"): judge_yaml,
    ("ansible", "inventory", "yml"): judge_inventory,
    ("ansible", "playbook", "yml"): judge_playbook,
}


def weekly_plan():
    """Every form can have its windows: weekly ones without exceptions."""
    group = {"id": "pilot", "name": 'Pilot "1"', "stage": choice("Pilot")}
    window = {
        "id": "weekly",
        "name": "It's weekly",
        "groups": ["pilot"],
        "systems": ["web"],
        "rule": choice("Weekly", days=["Sat", "Sun"], every=1),
        "start": time(22),
        "duration": timedelta(hours=3),
    }
    return {
        "format": 2,
        "id": "weekly",
        "title": "Weekly",
        "horizon": {"from": date(2027, 1, 1), "months": 12},
        "zone": "Europe/Berlin",
        "systems": [{"id": "web", "name": "web", "hosts": 1}],
        "ladders": [{"id": "servers", "name": "Servers", "groups": [group]}],
        "windows": [window],
    }


def judge(windowsill, plan, folder):
    broken = []
    for (system, format, ending), check in JUDGES.items():
        path = folder / f"{Path(plan).stem}-{system}-{format}.{ending}"
        try:
            run(windowsill, "export", system, plan, "-o", str(path), "--as", format, "--now", NOW)
            check(path)
        except Exception as fault:
            # Puppet has weekly windows only.
            if system == "puppet" and "No window can be written" in str(fault) and not plan.endswith(WEEKLY):
                continue
            broken.append(f"{plan}, {system} {format}: {type(fault).__name__} {fault}")
    return broken


def judge_folder(folder):
    """Files of hostile plans, which the tests leave in WINDOWSILL_CONNECTED: "7-ssm-terraform.tf"."""
    broken = []
    for (system, format, ending), check in JUDGES.items():
        for path in sorted(folder.glob(f"*-{system}-{format}.{ending}")):
            try:
                if path.stat().st_size and not (check is judge_inventory and "_dates" not in path.read_text("utf-8")):
                    check(path)
            except Exception as fault:
                broken.append(f"{path}: {type(fault).__name__} {fault}")
    return broken


def main(windowsill, *plans):
    missing = [name for name in ("amtool", "puppet", "terraform") if not shutil.which(name)]
    with tempfile.TemporaryDirectory() as folder:
        weekly = Path(folder) / WEEKLY
        weekly.write_text(document(weekly_plan()), encoding="utf-8")
        plans = [*plans, str(weekly)]
        broken = [line for plan in plans for line in judge(windowsill, plan, Path(folder))]
    if hostile := os.environ.get("WINDOWSILL_CONNECTED"):
        broken += judge_folder(Path(hostile))
    print("\n".join(broken))
    print(f"Judges: {len(JUDGES)} forms, {len(broken)} broken; not installed: {', '.join(missing) or 'none'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
