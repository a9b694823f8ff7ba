//! Configuration Manager: maintenance windows of collections, and devices
//! (<https://learn.microsoft.com/powershell/module/configurationmanager/get-cmdevice>).

mod devices;
mod schedule_token;
mod windows;
mod write;

use super::inventory::OPTIONS;
use super::results::CONFIGMGR;
use super::system::{ConnectedSystem, Instruction};
use crate::connect::documents::table::ENDINGS;
use crate::import::{ForeignKind, GROUP, ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "configmgr",
    name: "Configuration Manager",
    reads: &[&WINDOWS, &DEVICES, &CONFIGMGR],
    foreign: &[FORMATTED, WITHOUT_SCHEDULES],
    writes: &[&write::WRITER],
    get: &[
        Instruction {
            what: "The maintenance windows of a collection",
            how: "Get-CMMaintenanceWindow -CollectionId PS100123 | Select-Object ServiceWindowID,Name,Description,IsEnabled,\
                  Duration,ServiceWindowSchedules | Export-Csv windows.csv -NoTypeInformation -Encoding UTF8",
        },
        Instruction {
            what: "The devices of a collection",
            how: "Get-CMDevice -CollectionName 'Servers' | Select-Object Name,DeviceOS,Domain,ResourceID,IsObsolete | \
                  Export-Csv devices.csv -NoTypeInformation -Encoding UTF8",
        },
    ],
    apply: &[Instruction {
        what: "The script, after the ids of your collections have replaced the placeholders",
        how: "in the console, Connect via Windows PowerShell, then .\\FILE",
    }],
};

pub static WINDOWS: ImportKind = ImportKind {
    id: "configmgr-windows",
    topic: Topic::Windows,
    name: "maintenance windows of Configuration Manager (CSV)",
    help: "One window for each schedule, or for each row with days after Patch Tuesday",
    endings: ENDINGS,
    options: &[GROUP],
    sniff: windows::sniff,
    layout: None,
    read: windows::read,
};

pub static DEVICES: ImportKind = ImportKind {
    id: "configmgr-devices",
    topic: Topic::Systems,
    name: "devices of Configuration Manager (CSV)",
    help: "One system for each device that is not obsolete",
    endings: ENDINGS,
    options: OPTIONS,
    sniff: devices::sniff,
    layout: None,
    read: devices::read,
};

const WITHOUT_SCHEDULES: ForeignKind = ForeignKind {
    id: "configmgr-windows-without-schedules",
    what: "These are windows of Configuration Manager without the schedules that say when they take place: add \
           ServiceWindowSchedules to Select-Object",
    sniff: windows::lack_schedules,
};

const FORMATTED: ForeignKind = ForeignKind {
    id: "powershell-format-table",
    what: "This is the layout of a table on screen, not its content: leave out Format-Table before Export-Csv",
    sniff: |head| head.is_text() && head.text().contains("ClassId2e4f51ef21dd47e99d3c952918aff9cd"),
};
