//! A small plan for exports: one estimated window, a group, a ladder, a freeze.

use windowsill::model::{
    Advisory, BackoutPlan, Batch, BusinessArea, ChangeFreeze, DeploymentGroup, Estimate, Horizon, Ladder,
    MaintenanceWindow, Minutes, MonthDay, Plan, RollbackMethod, Rule, Stage, System, SystemClass, SystemScope, Table,
    Work,
};

/// 40 hosts in batches of 10, on the third Saturday of each month from 22:00 to 02:00 in London: the handbook's example.
pub fn plan() -> Plan {
    let mut parts = Plan::new("harbour".into(), "Harbour Trust 2027", Horizon::year(2027), "Europe/London").to_parts();
    parts.areas = one(BusinessArea { name: "Payments".into(), owner: "A. Osei".into(), ..BusinessArea::default() });
    parts.systems = [system("core-db", "Core DB", 30), system("ledger", "Ledger", 10), system("web", "Web + API", 4)]
        .into_iter()
        .collect();
    parts.ladders = one(Ladder {
        id: "servers".into(),
        name: "Servers".into(),
        class: SystemClass::Server,
        release: None,
        groups: vec![DeploymentGroup {
            id: "production".into(),
            name: "Production".into(),
            stage: Stage::Production,
            soak: None,
            cadence_days: None,
            checklist: None,
            systems: vec!["core-db".into(), "ledger".into()],
        }],
    });
    parts.freezes = one(ChangeFreeze {
        id: "year-end".into(),
        name: "Year end".into(),
        first_on: "2027-12-13".parse().unwrap(),
        last_on: "2027-12-31".parse().unwrap(),
        every_months: None,
        scope: SystemScope::Everything,
        exemptions: Vec::new(),
        notes: String::new(),
        imported: None,
    });
    parts.windows = one(window());
    parts.into()
}

pub fn window() -> MaintenanceWindow {
    let third_saturday = MonthDay::Nth(3, chrono::Weekday::Sat);
    let rule = Rule::Monthly { on: third_saturday, every: 1, offset_days: 0 };
    MaintenanceWindow {
        groups: vec!["production".into()],
        batch: Batch::Hosts(10),
        work: Work::Pool(estimate()),
        change_ticket: "CHG-20417".into(),
        impact: "Payments read-only for 2 h; use the branch form".into(),
        communication: "Status page “Core banking”".into(),
        backout: BackoutPlan {
            steps: "Stop the cluster\nRevert the snapshots".into(),
            tested_on: "2027-01-11".parse().ok(),
        },
        ..MaintenanceWindow::new("core-db".into(), "Core DB patching", rule)
    }
}

fn estimate() -> Estimate {
    Estimate {
        prepare: Minutes(10).into(),
        drain: Minutes(1).into(),
        patch: Some(Minutes(12).into()),
        reboot: Minutes(10).into(),
        verify: Minutes(5).into(),
        switch: None,
        final_verification: Minutes(15).into(),
        rollback: Some(Minutes(15).into()),
        rollback_verification: Minutes(8).into(),
        handover: Minutes(5).into(),
    }
}

fn system(id: &str, name: &str, hosts: u32) -> System {
    System {
        id: id.into(),
        name: name.into(),
        hosts,
        area: Some("area".into()),
        depends_on: if id == "core-db" { vec!["web".into()] } else { Vec::new() },
        rollback: RollbackMethod::Snapshot,
        ..System::default()
    }
}

/// An advisory for some systems.
pub fn advisory(id: &str, title: &str, published: &str, cvss_tenths: u8, systems: &[&str]) -> Advisory {
    Advisory {
        cvss_tenths: Some(cvss_tenths),
        systems: systems.iter().map(|id| (*id).into()).collect(),
        ..Advisory::new(id.into(), title, published.parse().unwrap())
    }
}

fn one<T: windowsill::model::Record>(record: T) -> Table<T> {
    [record].into_iter().collect()
}

/// Names that break files which are written carelessly.
pub fn hostile_names() -> Vec<String> {
    let mut names: Vec<String> = [
        "quotes \" and ' and `",
        "commas, semicolons; colons: back\\slashes\\n",
        "line\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
        "bare\rreturn\u{2028}separator\u{2029}paragraph\u{85}next\u{b}tab\u{c}feed",
        "</style><script>alert(1)</script> & <b>",
        "| table | # head\n- list\n1. one [link](javascript:x) ![i](y)",
        "حزمة التحديثات الشهرية",
        "\u{202e}reversed\u{2066}",
        "👩‍👩‍👧‍👦 family 🛠️",
        "nul\u{0}bell\u{7}escape\u{1b}[31mdel\u{7f}",
        "   ",
    ]
    .map(str::to_owned)
    .into();
    names.push("x".repeat(500));
    names.push("漢".repeat(500));
    names.push("word ".repeat(2_000));
    names
}
