//! People, advisories, checklists, answers and acceptances with every field filled in.

use std::sync::Arc;

use chrono::Weekday;
use windowsill::model::*;

use crate::support::full::{clock, date};

/// Adds one record of each of these kinds, in every form that they can have.
pub fn fill(parts: &mut PlanParts) {
    parts.people = [ann()].into_iter().collect();
    parts.teams = [Team {
        id: "testers".into(),
        name: "Testers".into(),
        people: vec!["ann".into()],
        needed: Some(1),
        email: "testers@example.org".into(),
        informed_of: InformedOf::Affecting { systems: vec!["db".into()], areas: vec!["sales".into()] },
        notes: "Mornings only".into(),
    }]
    .into_iter()
    .collect();
    parts.advisories = [advisory()].into_iter().collect();
    parts.checklists = [checklist()].into_iter().collect();
    parts.nights = [night()].into_iter().collect();
    super::results::fill(parts);
    super::routines::fill(parts);
    parts.ledger = answers().into_iter().collect();
    parts.invites = Arc::new(InviteTexts {
        organizer: "Change management".into(),
        email: "change@bank.example".into(),
        subject: "{window}".into(),
        body: "Dear {owner},\n{window} is on {date}.".into(),
        information: "{reason}".into(),
    });
    parts.sent_invites = [SentInvite {
        key: InviteKey { window: "a".into(), on: date(2027, 3, 13), to: "ann@bank.example".into() },
        areas: vec!["sales".into()],
        name: "Ann O'Neill".into(),
        summary: "Window A".into(),
        start_at: UtcMinute::from_utc("2027-03-13T22:00:00Z".parse().unwrap_or_default()),
        end_at: UtcMinute::from_utc("2027-03-14T02:00:00Z".parse().unwrap_or_default()),
        sequence: 2,
        is_cancelled: true,
        sent_on: date(2027, 1, 4),
        role: InviteRole::Booked,
    }]
    .into_iter()
    .collect();
    parts.acceptances = [Acceptance {
        id: "f001-all".into(),
        code: "F001".into(),
        cause: Subject::Freeze("all".into()),
        window: Some("a".into()),
        on: Some(date(2027, 12, 18)),
        reason: "Agreed with the CIO".into(),
        by: "Bo".into(),
        until: date(2027, 12, 31),
    }]
    .into_iter()
    .collect();
    parts.notices = [notice()].into_iter().collect();
    parts.mappings = [TableMapping {
        key: MappingKey { topic: "windows".into(), titles: vec!["Was".into(), "Ab wann".into(), "Note".into()] },
        fields: vec!["name".into(), "start".into(), String::new()],
        dates: Some(DayOrder::DayFirst),
    }]
    .into_iter()
    .collect();
    let cancelled_at = date(2027, 3, 13).and_hms_opt(21, 0, 0);
    let cancelled = ImportedEvent {
        uid: "y@carrier.example".into(),
        on: Some(date(2027, 3, 13)),
        occurrence_at: cancelled_at,
        sequence: 2,
        stamp: None,
    };
    parts.cancelled = [CancelledEvents { source: "Carrier".into(), events: vec![cancelled] }].into_iter().collect();
}

fn checklist() -> ChecklistTemplate {
    let of_block = |block| ChecklistItem::new(block, format!("{block:?}"));
    let of_condition = |condition| ChecklistItem {
        offset: Some(-30),
        owner: "Database team".into(),
        condition,
        ..ChecklistItem::new(ChecklistBlock::Start, format!("{condition:?}"))
    };
    ChecklistTemplate {
        language: "de".into(),
        words: [("roll-back-by".into(), "Zurück bis".into())].into(),
        ..ChecklistTemplate::new(
            "night".into(),
            "Night",
            ChecklistBlock::ALL.map(of_block).into_iter().chain(Condition::ALL.map(of_condition)).collect(),
        )
    }
}

fn night() -> NightRecord {
    let at = UtcMinute::from_utc("2027-03-13T22:10:00Z".parse().unwrap_or_default());
    NightRecord {
        ticks: vec![Tick { block: ChecklistBlock::Start, item: "Timer started".into(), by: "Ann".into(), at }],
        status_updates: vec![StatusUpdate { due_at: at, text: "Under way".into(), by: "Ann".into(), at }],
        ending: Some(Ending { outcome: Outcome::RolledBack, by: "Bo".into(), at }),
        watch: Some(WatchRecord {
            outcome: Some(WatchOutcome::Faults),
            logs: "Two timeouts".into(),
            performance: "As before".into(),
            by: "Ann".into(),
            at,
        }),
        notes: "The disk was full".into(),
        ..NightRecord::new(NightKey { window: "a".into(), on: date(2027, 3, 13) })
    }
}

fn notice() -> CarrierNotice {
    let at = |text: &str| UtcMinute::from_utc(text.parse().unwrap_or_default());
    CarrierNotice {
        id: "carrier-example-w-1".into(),
        name: "Card replacement".into(),
        provider: "carrier.example".into(),
        number: "W-1".into(),
        uid: "w-1@carrier.example".into(),
        sequence: 3,
        written_at: Some(at("2027-03-01T09:00:00Z")),
        status: NoticeStatus::Tentative,
        starts_at: at("2027-03-13T23:00:00Z"),
        ends_at: at("2027-03-14T03:00:00Z"),
        circuits: vec![
            NoticeCircuit { id: "IC-1".into(), impact: None },
            NoticeCircuit { id: "IC-2".into(), impact: Some(NoticeImpact::ReducedRedundancy) },
        ],
        impact: NoticeImpact::Degraded,
        account: "1111".into(),
        text: "We replace a card.\nThe work takes four hours.".into(),
        notes: "Asked for another night".into(),
    }
}

fn ann() -> Person {
    Person {
        id: "ann".into(),
        name: "Ann".into(),
        email: "ann@example.org".into(),
        phone: "+44 20 7946 0000".into(),
        available: vec![AllowedHours { days: vec![Weekday::Sat], from: clock(18, 0), until: clock(6, 0) }],
        away: vec![Absence { first_on: date(2027, 8, 1), last_on: date(2027, 8, 14), reason: "Holiday".into() }],
        informed_of: InformedOf::Bookings,
        notes: "Drives".into(),
    }
}

fn advisory() -> Advisory {
    Advisory {
        id: "cve-2027-1".into(),
        title: "Heap overflow".into(),
        vendor: "Oracle".into(),
        product: "Database".into(),
        cvss_tenths: Some(98),
        reported_severity: Some(ReportedSeverity::High),
        epss_per_100_000: Some(97_565),
        is_exploited: true,
        exposure: Exposure::Internet,
        published_on: date(2027, 3, 9),
        due_on: Some(date(2027, 3, 30)),
        fix: FixState::Available { on: Some(date(2027, 3, 11)) },
        systems: vec!["db-1".into()],
        decisions: [Verdict::Defer, Verdict::Mitigate, Verdict::Accept, Verdict::NotAffected, Verdict::Deploy]
            .map(|verdict| Decision {
                verdict,
                by: "Bo".into(),
                on: date(2027, 3, 10),
                until: Some(date(2027, 12, 31)),
                systems: vec!["db-1".into()],
                reason: "Tested".into(),
            })
            .to_vec(),
        in_on: Some(date(2027, 3, 14)),
        in_on_systems: vec![InstalledOn { system: "db-1".into(), on: date(2027, 3, 13) }],
        reported_by: vec!["nessus".into(), "trivy".into()],
        notes: "Two CVEs in one patch".into(),
    }
}

fn answers() -> Vec<LedgerEntry> {
    let on = date(2027, 1, 5);
    let answers = [
        Agreement::NotAsked,
        Agreement::Asked { on },
        Agreement::Agreed { on, by: "Ann O'Neill".into() },
        Agreement::Declined { on, by: "Ann O'Neill".into(), reason: "Quarter close".into() },
    ];
    let entry = |(month, agreement)| LedgerEntry {
        key: LedgerKey { window: "a".into(), on: date(2027, month, 13), area: "sales".into() },
        agreement,
        answered_for: Some(OccurrenceTimes {
            start: LocalMinute::midnight(date(2027, 3, 13)),
            duration: Minutes::hours(4),
        }),
        replied_at: Some(UtcMinute::from_utc("2027-01-05T08:30:00Z".parse().unwrap_or_default())),
        reserve_on: Some(date(2027, month, 20)),
        notes: "By phone".into(),
    };
    (1..).zip(answers).map(entry).collect()
}
