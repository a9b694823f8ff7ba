//! Random plans whose every text is one that breaks calendars which are written carelessly. The same seed, the same plan.

use chrono::{Days, NaiveDate, NaiveTime, Weekday};
use windowsill::model::*;
use windowsill::schedule::time::zone;

/// `SplitMix64`: small, and the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

const PIECES: [&str; 40] = [
    "\"",
    "'",
    ",",
    ";",
    ":",
    "\\",
    "\\n",
    "\r",
    "\r\n",
    "\n",
    "\u{2028}",
    "\u{2029}",
    "\u{85}",
    "\u{feff}",
    "\t",
    "\u{0}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{7f}",
    " ",
    "  ",
    "END:VCALENDAR",
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n",
    "BEGIN:VALARM",
    "\r\nATTENDEE:mailto:a@b.c",
    "حزمة التحديثات",
    "\u{202e}",
    "\u{2066}",
    "עברית",
    "👩‍👩‍👧‍👦",
    "🛠️",
    "漢字",
    "é",
    "e\u{301}",
    "Core DB",
    "=1+1",
    "^n",
    "%0D%0A",
    "\\,",
    "ß",
];

/// A text of a few pieces; now and then one of 500 bytes or more, an empty one or a harmless one.
pub fn text(dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => String::new(),
        1 => "   ".to_owned(),
        2 => "Payments hub".to_owned(),
        3 => dice.pick(&PIECES).repeat(500),
        4 => "word and another ".repeat(1 + dice.below(400)),
        _ => (0..=dice.below(9)).map(|_| dice.pick(&PIECES)).collect(),
    }
}

fn date(dice: &mut Dice) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    first + Days::new(dice.below(5 * 365) as u64)
}

fn time(dice: &mut Dice) -> NaiveTime {
    NaiveTime::from_hms_opt(dice.below(24) as u32, dice.pick(&[0, 0, 15, 30, 59]), 0).unwrap()
}

fn zone_name(dice: &mut Dice) -> String {
    if dice.one_in(12) { text(dice) } else { dice.pick(&zone::names()) }
}

pub fn plan(seed: u64) -> Plan {
    let dice = &mut Dice::new(seed);
    let from = if dice.one_in(40) { NaiveDate::from_ymd_opt(9998, 10, 1).unwrap() } else { date(dice) };
    let horizon = Horizon { from, months: dice.pick(&[1, 1, 1, 2, 4]) };
    let id = if dice.one_in(2) { "harbour".to_owned() } else { format!("x{}", text(dice)) };
    let mut parts = Plan::new(id.as_str().into(), &text(dice), horizon, &zone_name(dice)).to_parts();
    parts.areas = (0..3).map(|number| area(dice, number)).collect();
    parts.systems = (0..6).map(|number| system(dice, number)).collect();
    parts.ladders = (0..2).map(|number| ladder(dice, number)).collect();
    parts.zones = (0..dice.below(2)).map(|_| own_zone(dice)).collect();
    let own = parts.zones.iter().next().map(|zone| zone.id.to_string());
    let window = |dice: &mut Dice, number| MaintenanceWindow {
        zone: own.clone().filter(|_| dice.one_in(3)).or_else(|| dice.one_in(2).then(|| zone_name(dice))),
        ..window(dice, number, horizon)
    };
    parts.windows = (0..5).map(|number| window(dice, number)).collect();
    parts.freezes = (0..3).map(|number| freeze(dice, number, horizon)).collect();
    let windows: Vec<WindowId> = parts.windows.iter().map(|window| window.id.clone()).collect();
    parts.ledger = (0..20).map(|_| entry(dice, &windows, horizon)).collect();
    parts.people = (0..4).map(|number| Person::new(format!("p{number}").as_str().into(), &text(dice))).collect();
    parts.teams = (0..2).map(|number| team(dice, number)).collect();
    parts.windows = parts.windows.iter().map(|window| booked(dice, window)).collect();
    parts.into()
}

fn team(dice: &mut Dice, number: usize) -> Team {
    let people = (0..4).filter(|_| dice.one_in(2)).map(|number| format!("p{number}").as_str().into()).collect();
    let needed = dice.pick(&[None, Some(1), Some(3)]);
    Team { people, needed, ..Team::new(format!("t{number}").as_str().into(), &text(dice)) }
}

fn booked(dice: &mut Dice, window: &MaintenanceWindow) -> MaintenanceWindow {
    let duties = [Duty::Work, Duty::USUAL_TESTING, Duty::Testing(Minutes(0))];
    let person = Booking { duty: dice.pick(&duties), who: Assignee::Person("p0".into()), on: None };
    let team = Booking { duty: dice.pick(&duties), who: Assignee::Team("t1".into()), on: None };
    MaintenanceWindow { bookings: vec![person, team], ..window.clone() }
}

fn area(dice: &mut Dice, number: usize) -> BusinessArea {
    let email = if dice.one_in(2) { format!("owner{number}@example.org") } else { text(dice) };
    let notice_days = dice.pick(&[None, Some(0), Some(14)]);
    let id = format!("area-{number}");
    BusinessArea {
        id: id.as_str().into(),
        name: text(dice),
        owner: text(dice),
        email,
        notice_days,
        ..BusinessArea::default()
    }
}

fn system(dice: &mut Dice, number: usize) -> System {
    let area = (!dice.one_in(4)).then(|| format!("area-{}", dice.below(4)).as_str().into());
    let id = format!("system-{number}");
    System {
        id: id.as_str().into(),
        name: text(dice),
        hosts: dice.below(50) as u32,
        area,
        counterpart: dice.one_in(3).then(|| "system-0".into()),
        patch_method: PatchMethod::Tool(text(dice)),
        stop_services: (0..dice.below(3)).map(|_| text(dice)).collect(),
        test_script: if dice.one_in(2) { text(dice) } else { String::new() },
        ..System::default()
    }
}

fn ladder(dice: &mut Dice, number: usize) -> Ladder {
    let group = |dice: &mut Dice, at: usize| DeploymentGroup {
        id: format!("group-{number}-{at}").as_str().into(),
        name: text(dice),
        stage: dice.pick(&Stage::ALL),
        soak: None,
        cadence_days: None,
        checklist: None,
        systems: vec![format!("system-{}", dice.below(6)).as_str().into()],
    };
    let groups = (0..2).map(|at| group(dice, at)).collect();
    let id = format!("ladder-{number}");
    Ladder { id: id.as_str().into(), name: text(dice), class: SystemClass::Server, release: None, groups }
}

fn window(dice: &mut Dice, number: usize, horizon: Horizon) -> MaintenanceWindow {
    use Weekday::{Fri, Mon, Sat, Sun};
    let rule = match dice.below(4) {
        0 => Rule::Weekly { days: vec![dice.pick(&[Sat, Sun, Mon, Fri])], every: 1 + dice.below(2) as u16 },
        1 => Rule::once(horizon.from + Days::new(dice.below(28) as u64)),
        _ => Rule::Monthly {
            on: MonthDay::Nth(1 + dice.below(4) as u8, Sun),
            every: 1,
            offset_days: dice.below(9) as i32,
        },
    };
    let id = if dice.one_in(3) { format!("{number}{}", text(dice)) } else { format!("window-{number}") };
    let mut window = MaintenanceWindow::new(id.as_str().into(), &text(dice), rule);
    window.start = time(dice);
    window.duration = Minutes(dice.pick(&[0, 1, 60, 240, 480, 1_440, 3_000]));
    window.kind = dice.pick(&WindowKind::ALL);
    window.impact = text(dice);
    window.change_ticket = text(dice);
    window.sequence = dice.pick(&[0, 1, 7, u32::MAX]);
    window.groups =
        (0..dice.below(4)).map(|_| GroupId::new(&format!("group-{}-{}", dice.below(3), dice.below(2)))).collect();
    window.systems = (0..dice.below(3)).map(|_| SystemId::new(&format!("system-{}", dice.below(7)))).collect();
    let first = horizon.from.iter_days().take(28);
    for on in first {
        if dice.one_in(6) {
            let change = change(dice, on);
            window.exceptions.push(Exception { on, change, sequence: dice.below(4) as u32, was_added: false });
        }
        if dice.one_in(40) {
            window.changes.push(dated_change(dice, on));
        }
    }
    window
}

fn change(dice: &mut Dice, on: NaiveDate) -> OccurrenceChange {
    match dice.below(3) {
        0 => OccurrenceChange::Moved {
            to: on + Days::new(dice.below(9) as u64),
            start: dice.one_in(2).then(|| time(dice)),
            duration: length(dice),
        },
        1 => OccurrenceChange::Skipped { reason: text(dice) },
        _ => OccurrenceChange::Added { start: dice.one_in(2).then(|| time(dice)), duration: length(dice) },
    }
}

fn dated_change(dice: &mut Dice, from: NaiveDate) -> DatedChange {
    let start = dice.one_in(2).then(|| time(dice));
    DatedChange { from, start, duration: length(dice), shift_days: dice.pick(&[0, 0, 1, -3, 40, i32::MAX, i32::MIN]) }
}

/// A zone with a name that breaks careless writers.
fn own_zone(dice: &mut Dice) -> CustomZone {
    let from = date(dice);
    let at = |days: u64| UtcMinute::from_utc((from + Days::new(days)).and_time(NaiveTime::MIN).and_utc());
    let transition = |days| OffsetTransition { at: at(days), offset: 60 * (days % 3) as i32 };
    CustomZone { id: ZoneId::new(&text(dice)), offset: 90, transitions: [0, 100, 200].map(transition).to_vec() }
}

fn length(dice: &mut Dice) -> Option<Minutes> {
    dice.one_in(2).then(|| Minutes(dice.pick(&[0, 1, 90, 600, 4_000])))
}

fn freeze(dice: &mut Dice, number: usize, horizon: Horizon) -> ChangeFreeze {
    let id = if dice.one_in(3) { format!("{number}{}", text(dice)) } else { format!("freeze-{number}") };
    let first_on = horizon.from + Days::new(dice.below(30) as u64);
    let areas = SystemScope::Areas(vec![format!("area-{}", dice.below(3)).as_str().into()]);
    ChangeFreeze {
        name: text(dice),
        last_on: first_on + Days::new(dice.below(40) as u64),
        every_months: dice.pick(&[None, Some(1), Some(12)]),
        scope: if dice.one_in(3) { areas } else { SystemScope::Everything },
        notes: text(dice),
        ..ChangeFreeze::week(id.as_str().into(), first_on)
    }
}

fn entry(dice: &mut Dice, windows: &[WindowId], horizon: Horizon) -> LedgerEntry {
    let on = horizon.from + Days::new(dice.below(60) as u64);
    let agreement = match dice.below(4) {
        0 => Agreement::NotAsked,
        1 => Agreement::Asked { on },
        2 => Agreement::Agreed { on, by: text(dice) },
        _ => Agreement::Declined { on, by: text(dice), reason: text(dice) },
    };
    LedgerEntry {
        key: LedgerKey { window: dice.pick(windows), on, area: format!("area-{}", dice.below(3)).as_str().into() },
        agreement,
        answered_for: None,
        replied_at: None,
        reserve_on: dice.one_in(2).then_some(on),
        notes: text(dice),
    }
}
