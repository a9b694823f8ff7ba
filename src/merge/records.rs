//! The fields of all records and how each is merged. The compiler asks for new fields.

use super::fields::{ByKey, Count, Fields, Maybe, Whole, merge_fields};
use super::lists::{List, members};
use super::special::{Clock, ExceptionChange, PoolOrTracks, Prints, RuleDates, ScopeMembers, events};
use crate::model::{
    Acceptance, Advisory, BackoutPlan, BulletinDuty, BusinessArea, CancelledEvents, CarrierNotice, ChangeFreeze,
    ChecklistTemplate, CustomZone, DatedChange, DeploymentGroup, EmergencyLane, Estimate, Exception, Exemption,
    FollowUpScan, GroupRecord, Hold, Holiday, HolidayCalendar, Horizon, ImportSource, InstalledOn, InviteTexts, Ladder,
    LadderGate, MaintenanceWindow, NightLimits, NightRecord, NoticeCircuit, PeopleLimits, Person, Policy, Rating,
    ReleaseCalendar, ResponseMatrix, ScanRoutine, ServiceTarget, SeverityDeadline, SoakTimes, StageOwner, StatusUpdate,
    System, SystemResult, TableMapping, Team, Tick, Watch, WatchRecord, WindowType,
};
use crate::wording::iso;

merge_fields!(MaintenanceWindow by id {
    name: Whole,
    short_name: Whole,
    kind: Whole,
    groups: members().in_order(),
    systems: members(),
    rule: RuleDates,
    start: Clock,
    duration: Whole,
    zone: Whole,
    first: Whole,
    last: Whole,
    changes: List::by(|change: &DatedChange| change.from.to_string(), Whole)
        .sorted_by(|a, b| a.from.cmp(&b.from))
        .with_changeable_keys(),
    exceptions: List::by(|exception: &Exception| exception.on.to_string(), ExceptionChange)
        .sorted_by(|a, b| a.on.cmp(&b.on)),
    strategy: Whole,
    batch: Whole,
    work: PoolOrTracks,
    cutoff: Whole,
    max_fail_percent: Whole,
    irreversible: Whole,
    checklist: Whole,
    watch: Maybe(Fields),
    bookings: members().with_changeable_keys(),
    change_ticket: Whole,
    impact: Whole,
    impact_minutes: Whole,
    dependencies: Whole,
    backout: Fields,
    communication: Whole,
    notes: Whole,
    sequence: Count,
    imported: Maybe(Fields),
});

merge_fields!(Watch { length: Whole, baseline: Whole });

merge_fields!(BackoutPlan { steps: Whole, tested_on: Whole });

merge_fields!(ImportSource { source: Whole, events: events(), fields: Prints });

merge_fields!(CancelledEvents by source { events: events(), });

merge_fields!(ChangeFreeze by id {
    name: Whole,
    first_on: Whole,
    last_on: Whole,
    every_months: Whole,
    scope: ScopeMembers,
    exemptions: List::by(|exemption: &Exemption| exemption.window.to_string(), Fields),
    notes: Whole,
    imported: Maybe(Fields),
});

merge_fields!(Exemption by window { approver: Whole, reason: Whole, });

merge_fields!(HolidayCalendar by id {
    name: Whole,
    days: List::by(|day: &Holiday| format!("{} {}", day.on, day.region).trim_end().to_owned(), Whole)
        .sorted_by(Holiday::cmp)
        .with_changeable_keys(),
    imported: Maybe(Fields),
});

merge_fields!(CarrierNotice by id {
    name: Whole,
    provider: Whole,
    number: Whole,
    uid: Whole,
    sequence: Whole,
    written_at: Whole,
    status: Whole,
    starts_at: Whole,
    ends_at: Whole,
    circuits: List::by(|circuit: &NoticeCircuit| circuit.id.clone(), Whole).with_changeable_keys(),
    impact: Whole,
    account: Whole,
    text: Whole,
    notes: Whole,
});

merge_fields!(System by id {
    name: Whole,
    class: Whole,
    environment: Whole,
    rating: Fields,
    area: Whole,
    service_owner: Whole,
    service: Whole,
    platform: Whole,
    vendor: Whole,
    product: Whole,
    other_products: members(),
    model: Whole,
    hosts: Whole,
    zone: Whole,
    depends_on: members(),
    twin: Whole,
    counterpart: Whole,
    patch_method: Whole,
    stop_services: Whole,
    test_script: Whole,
    estimate: Fields,
    rollback: Whole,
    rollback_tested_on: Whole,
    host_names: members(),
    circuits: members(),
    inventories: members(),
    notes: Whole,
});

merge_fields!(Rating { confidentiality: Whole, integrity: Whole, availability: Whole });

merge_fields!(Estimate {
    prepare: Whole,
    drain: Whole,
    patch: Whole,
    reboot: Whole,
    verify: Whole,
    switch: Whole,
    final_verification: Whole,
    rollback: Whole,
    rollback_verification: Whole,
    handover: Whole,
});

merge_fields!(BusinessArea by id {
    name: Whole,
    owner: Whole,
    email: Whole,
    aliases: members(),
    allowed: Whole,
    notice_days: Whole,
    holidays: members(),
    notes: Whole,
});

merge_fields!(Ladder by id {
    name: Whole,
    class: Whole,
    release: Whole,
    groups: List::by(|group: &DeploymentGroup| group.id.to_string(), Fields).in_order(),
});

merge_fields!(DeploymentGroup by id {
    name: Whole,
    stage: Whole,
    soak: Whole,
    cadence_days: Whole,
    checklist: Whole,
    systems: members().sorted_by(Ord::cmp),
});

merge_fields!(ReleaseCalendar by id { name: Whole, vendor: Whole, cadences: Whole, });

merge_fields!(Person by id {
    name: Whole,
    email: Whole,
    phone: Whole,
    available: Whole,
    away: members().with_changeable_keys(),
    informed_of: Whole,
    notes: Whole,
});

merge_fields!(Team by id {
    name: Whole,
    people: members().in_order(),
    needed: Whole,
    email: Whole,
    informed_of: Whole,
    notes: Whole,
});

merge_fields!(ScanRoutine by id {
    name: Whole,
    kind: Whole,
    every: Whole,
    tool: Whole,
    who: Whole,
    scope: ScopeMembers,
    last: Whole,
    notes: Whole,
});

merge_fields!(BulletinDuty by id {
    name: Whole,
    vendors: members(),
    source: Whole,
    owner: Whole,
    stand_in: Whole,
    notes: Whole,
});

merge_fields!(Advisory by id {
    title: Whole,
    vendor: Whole,
    product: Whole,
    cvss_tenths: Whole,
    reported_severity: Whole,
    epss_per_100_000: Whole,
    is_exploited: Whole,
    exposure: Whole,
    published_on: Whole,
    due_on: Whole,
    fix: Whole,
    systems: members(),
    decisions: Whole,
    in_on: Whole,
    in_on_systems: List::by(|each: &InstalledOn| each.system.to_string(), Whole),
    reported_by: members(),
    notes: Whole,
});

merge_fields!(ChecklistTemplate by id { name: Whole, language: Whole, words: ByKey, items: Whole, });

merge_fields!(NightRecord by key {
    ticks: List::by(|tick: &Tick| format!("{}: {}", tick.block.name(), tick.item), Whole),
    status_updates as "told": List::by(|update: &StatusUpdate| iso::utc_minute(update.due_at), Whole)
        .sorted_by(|a, b| a.due_at.cmp(&b.due_at)),
    ending: Whole,
    watch: Maybe(Fields),
    notes: Whole,
});

merge_fields!(WatchRecord { outcome: Whole, logs: Whole, performance: Whole, by: Whole, at: Whole });

merge_fields!(SystemResult by key {
    hosts: Whole,
    attempted: Whole,
    patched: Whole,
    failed: Whole,
    skipped: Whole,
    skip_reason: Whole,
    reboots_attempted: Whole,
    reboots_successful: Whole,
    started_at: Whole,
    ended_at: Whole,
    is_rolled_back: Whole,
    environment: Whole,
    area: Whole,
    groups: members().sorted_by(Ord::cmp),
    class: Whole,
    notes: Whole,
});

merge_fields!(FollowUpScan by key {
    is_authenticated as "authenticated": Whole,
    open: members().sorted_by(Ord::cmp),
    by: Whole,
    notes: Whole,
});

merge_fields!(GroupRecord by key {
    deployed: Whole,
    validated: Whole,
    assessed: Whole,
    test: Whole,
    holds: List::by(|hold: &Hold| iso::utc_minute(hold.from), Whole).sorted_by(|a, b| a.from.cmp(&b.from)),
});

merge_fields!(ServiceTarget by service { available_per_100_000: Whole, });

merge_fields!(LadderGate by ladder { sign_offs: Whole, });

merge_fields!(Acceptance by id {
    code: Whole,
    cause: Whole,
    window: Whole,
    on: Whole,
    reason: Whole,
    by: Whole,
    until: Whole,
});

merge_fields!(TableMapping by key { fields: Whole, dates: Whole, });

merge_fields!(CustomZone by id { offset: Whole, transitions: Whole, });

merge_fields!(InviteTexts { organizer: Whole, email: Whole, subject: Whole, body: Whole, information: Whole });

merge_fields!(Horizon { from: Whole, months: Whole });

merge_fields!(Policy {
    severities: List::by(|severity: &SeverityDeadline| severity.name.clone(), Fields).in_order(),
    window_types: List::by(|kind: &WindowType| kind.kind.name().to_owned(), Fields),
    soak: Fields,
    emergency: Maybe(Fields),
    buffer_percent: Whole,
    rollback_test_days: Whole,
    status_every: Whole,
    night: Fields,
    longest_gap_days: Whole,
    first_group_percent: Whole,
    overrun_percent: Whole,
    correlation_percent: Whole,
    host_failure_percent: Whole,
    notice_reminder_days: Whole,
    silent_after_days: Whole,
    people: Fields,
    due_by: Whole,
    matrix: Fields,
    internet_is_active: Whole,
    publishers_dates: Whole,
    services: List::by(|target: &ServiceTarget| target.service.clone(), Fields)
        .sorted_by(|a, b| a.service.cmp(&b.service)),
    exploited_within: Whole,
    recording_from: Whole,
    gates: List::by(|gate: &LadderGate| gate.ladder.to_string(), Fields),
    responsible: List::by(|owner: &StageOwner| owner.stage.name().to_owned(), Fields),
});

merge_fields!(StageOwner by stage { who: Whole, });

merge_fields!(SeverityDeadline by name { cvss_from_tenths: Whole, within: Whole, response: Whole, });

merge_fields!(WindowType by kind {
    shortest: Whole,
    longest: Whole,
    notice_days: Whole,
    needs_tester: Whole,
    needs_checklist: Whole,
    checklist: Whole,
});

merge_fields!(EmergencyLane { stages: Whole, soak: Whole, notice_days: Whole });

merge_fields!(SoakTimes { test: Whole, uat: Whole, pilot: Whole, rest: Whole, production: Whole });

merge_fields!(NightLimits { windows: Whole, changes: Whole, hosts: Whole });

merge_fields!(PeopleLimits { nights_in_a_row: Whole, nights_a_month: Whole, rest: Whole });

merge_fields!(ResponseMatrix {
    high_active: Whole,
    high_theoretical: Whole,
    low_active: Whole,
    low_theoretical: Whole,
});
