//! A random walk of edits and exports: the calendars of owners who apply all that they are sent show the plan.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate, Weekday};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};
use windowsill::export::ExportFile;
use windowsill::export::invites::{InvitesOrder, Occasion, Organizer, Outgoing, Which, edits_to_mark_unsent};
use windowsill::model::{
    BusinessArea, Edit, Horizon, InviteTexts, LocalMinute, MaintenanceWindow, Minutes, Plan, Rule, SentInvite, System,
    UtcMinute, WindowId, occurrence_uid,
};
use windowsill::schedule::Schedule;
use windowsill::schedule::agreement::answers;
use windowsill::session::History;
use windowsill::store::{FileBatch, parse, to_text};

use crate::support::owner::Calendar;

const STEPS: usize = 10_000;
const ADDRESSES: [&str; 5] = ["ann@bank.example", "Bo@Bank.example", "o'neill+x@bank.example", "", "no address"];

/// The plan's history, the world outside, and chance.
struct Walk {
    chance: Pcg64,
    history: History,
    schedule: Schedule,
    today: NaiveDate,
    owners: BTreeMap<String, Calendar>,
    /// What was exported in all, so that the walk can say that it did something.
    messages: usize,
    folder: tempfile::TempDir,
}

fn plan() -> Plan {
    let mut parts = Plan::new("walk".into(), "Walk", Horizon::year(2027), "Europe/London").to_parts();
    let area = |number: usize| BusinessArea {
        id: format!("area-{number}").as_str().into(),
        name: format!("Area {number}"),
        email: ADDRESSES[number % 4].to_owned(),
        ..BusinessArea::default()
    };
    let system = |number: usize| System {
        id: format!("system-{number}").as_str().into(),
        name: format!("System {number}"),
        area: Some(format!("area-{}", number % 4).as_str().into()),
        ..System::default()
    };
    parts.areas = (0..4).map(area).collect();
    parts.systems = (0..6).map(system).collect();
    parts.windows = (0..4).map(|number| window(number, 0)).collect();
    parts.invites = Arc::new(InviteTexts { email: "change@bank.example".into(), ..InviteTexts::default() });
    parts.into()
}

fn window(number: usize, kind: u64) -> MaintenanceWindow {
    let rule = match kind % 3 {
        0 => Rule::Monthly { on: windowsill::model::MonthDay::Nth(2, Weekday::Sat), every: 1, offset_days: 0 },
        1 => Rule::Weekly { days: vec![Weekday::Sun], every: 3 },
        _ => Rule::once(date(2027, 6, 5)),
    };
    let systems = (0..=number).map(|system| format!("system-{}", (system + kind as usize) % 6).as_str().into());
    MaintenanceWindow {
        duration: Minutes::hours(2 + (kind % 4) as u32),
        zone: (kind % 5 == 4).then(|| "Asia/Tokyo".to_owned()),
        systems: systems.collect(),
        ..MaintenanceWindow::new(id(number), &format!("Window {number}"), rule)
    }
}

fn id(number: usize) -> WindowId {
    WindowId::new(&format!("window-{number}"))
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn derived(plan: &Arc<Plan>) -> Schedule {
    Schedule::derive(plan, None)
}

impl Walk {
    fn new(seed: u64) -> Self {
        let plan = Arc::new(plan());
        Self {
            chance: Pcg64::seed_from_u64(seed),
            schedule: derived(&plan),
            history: History::new(plan),
            today: date(2026, 11, 21),
            owners: BTreeMap::new(),
            messages: 0,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn below(&mut self, most: usize) -> usize {
        (self.chance.next_u64() % most as u64) as usize
    }

    fn plan(&self) -> &Arc<Plan> {
        self.history.current()
    }

    fn derive(&mut self) {
        self.schedule = Schedule::derive(self.history.current(), Some(&self.schedule));
    }

    fn step(&mut self) {
        match self.below(100) {
            0..72 => self.edit(),
            72..80 => {
                self.history.undo();
            }
            80..84 => {
                self.history.redo();
            }
            84..86 => self.save_and_load(),
            86..87 => self.today = self.today + Days::new(self.below(3) as u64),
            87 => self.interrupt(),
            88..91 => self.mark_as_not_sent(),
            91 => self.send_again(),
            92..94 => self.edit(),
            94..97 => self.export(&Which::All),
            _ => self.export_a_part(),
        }
        self.derive();
    }

    fn edit(&mut self) {
        let edit = self.any_edit();
        // One that names what is not there fails, which is part of it.
        if let Ok(plan) = self.plan().apply(&edit) {
            self.history.push(edit.label(self.plan()), Arc::new(plan));
        }
    }

    fn any_edit(&mut self) -> Edit {
        let window = self.below(4);
        let on = self.an_occurrence(window);
        let to = self.today + Days::new(self.below(400) as u64);
        let start =
            if self.below(4) == 0 { chrono::NaiveTime::from_hms_opt(self.below(24) as u32, 30, 0) } else { None };
        let duration = (self.below(4) == 0).then(|| Minutes(30 + self.below(400) as u32));
        let record = self.plan().windows().get(&id(window)).map(|window| MaintenanceWindow::clone(window));
        match self.below(20) {
            0..7 => Edit::MoveOccurrence { window: id(window), on, to, start, duration },
            7..9 => Edit::SkipOccurrence { window: id(window), on, reason: String::new() },
            9..11 => Edit::RestoreOccurrence { window: id(window), on },
            11 => Edit::AddOccurrence { window: id(window), on: to, start, duration },
            12 => Edit::RemoveWindow(id(window)),
            13 => {
                let kind = self.chance.next_u64();
                Edit::PutWindow(self::window(window, kind))
            }
            14 => Edit::PutWindow(MaintenanceWindow {
                name: format!("Renamed {}", self.below(1_000)),
                ..record.unwrap_or_else(|| self::window(window, 0))
            }),
            15 => {
                let number = self.below(4);
                let area = self.plan().areas().get(&format!("area-{number}").as_str().into()).unwrap().clone();
                let email = ADDRESSES[self.below(ADDRESSES.len())].to_owned();
                Edit::PutArea(BusinessArea {
                    email,
                    owner: format!("Owner {}", self.below(9)),
                    ..BusinessArea::clone(&area)
                })
            }
            16 => {
                let number = self.below(6);
                let system = self.plan().systems().get(&format!("system-{number}").as_str().into()).unwrap().clone();
                let area = Some(format!("area-{}", self.below(5)).as_str().into());
                Edit::PutSystem(System { area, ..System::clone(&system) })
            }
            17 => Edit::SetTitle(format!("Title {}", self.below(100))),
            18 => Edit::SetZone(["Europe/London", "America/New_York", "UTC"][self.below(3)].to_owned()),
            _ => Edit::SetHorizon(Horizon { from: date(2027, 1, 1), months: [12, 18, 24][self.below(3)] }),
        }
    }

    /// The original date of one of the window's occurrences.
    fn an_occurrence(&mut self, window: usize) -> NaiveDate {
        let of_window = self.schedule.window(&id(window)).map(|window| Arc::clone(&window.expansion));
        let Some(expansion) = of_window else { return self.today };
        let all: Vec<_> = expansion.occurrences.iter().chain(&expansion.skipped).collect();
        if all.is_empty() { self.today } else { all[self.below(all.len())].original_on() }
    }

    fn save_and_load(&mut self) {
        let text = to_text(self.plan()).unwrap();
        let loaded = parse(&text).unwrap().plan;
        assert_eq!(loaded, **self.plan());
        self.history = History::new(Arc::new(loaded));
    }

    fn files(&self, which: &Which, occasion: Occasion) -> (Vec<ExportFile>, Vec<SentInvite>) {
        let outgoing = Outgoing::new(&self.schedule, self.today, &InvitesOrder { which: which.clone(), occasion });
        let organizer = Organizer::from_texts(self.plan().invites()).unwrap();
        let sent = outgoing.messages.iter().map(|message| message.sent.clone()).collect();
        (outgoing.files(&organizer).collect(), sent)
    }

    fn note(&mut self, sent: &[SentInvite]) {
        let noted = self.plan().apply(&Edit::NoteSent(sent.to_vec())).unwrap();
        self.history.amend(Arc::new(noted));
    }

    /// Written, noted, and delivered.
    fn export(&mut self, which: &Which) {
        let (files, sent) = self.files(which, Occasion::Due);
        assert_eq!(files.len(), 2 * sent.len() + 1);
        self.deliver(&files, &sent);
        // Somebody may edit while the files are being written: what was written is what the owners get.
        if self.below(3) == 0 {
            self.edit();
        }
        self.note(&sent);
        self.derive();
        self.messages += sent.len();
    }

    fn deliver(&mut self, files: &[ExportFile], sent: &[SentInvite]) {
        for (pair, sent) in files.chunks(2).zip(sent) {
            let text = std::str::from_utf8(&pair[0].bytes).unwrap();
            self.owners.entry(sent.key.to.clone()).or_default().apply(&sent.key.to, text);
        }
    }

    fn export_a_part(&mut self) {
        let window = self.below(4);
        let which = match self.below(3) {
            0 => Which::Window(id(window)),
            1 => Which::Occurrence(id(window), self.an_occurrence(window)),
            _ => Which::Area(format!("area-{}", self.below(4)).as_str().into()),
        };
        self.export(&which);
    }

    /// An export that is stopped half way notes nothing, leaves nothing, and the next one writes the same bytes.
    fn interrupt(&mut self) {
        let (files, _) = self.files(&Which::All, Occasion::Due);
        // Disks take their time.
        if self.below(10) == 0 {
            let mut batch = FileBatch::new(self.folder.path()).unwrap();
            for file in files.iter().take(3) {
                batch.add(&file.name, &file.bytes).unwrap();
            }
            drop(batch);
        }
        assert_eq!(std::fs::read_dir(self.folder.path()).unwrap().count(), 0);
        assert!(self.files(&Which::All, Occasion::Due).0 == files, "other bytes");
    }

    /// An export whose files were thrown away: "Mark as not sent".
    fn mark_as_not_sent(&mut self) {
        let before: Vec<SentInvite> = self.plan().sent_invites().iter().map(|each| SentInvite::clone(each)).collect();
        let outgoing =
            Outgoing::new(&self.schedule, self.today, &InvitesOrder { which: Which::All, occasion: Occasion::Due });
        let sent: Vec<SentInvite> = outgoing.messages.iter().map(|message| message.sent.clone()).collect();
        self.note(&sent);
        if self.below(2) == 0 {
            self.edit();
        }
        for edit in edits_to_mark_unsent(self.plan(), &sent, &before) {
            let plan = self.plan().apply(&edit).unwrap();
            self.history.amend(Arc::new(plan));
        }
        assert!(self.plan().sent_invites().iter().map(|each| &**each).eq(&before));
    }

    fn send_again(&mut self) {
        let (files, sent) = self.files(&Which::All, Occasion::Again);
        for (pair, sent) in files.chunks(2).zip(&sent) {
            let text = std::str::from_utf8(&pair[0].bytes).unwrap();
            self.owners[&sent.key.to].knows(&sent.key.to, text);
        }
    }

    /// What owners should have from tomorrow on: address, UID, times.
    fn wanted(&self) -> BTreeSet<(String, String, UtcMinute, UtcMinute)> {
        let mut wanted = BTreeSet::new();
        let plan = self.plan();
        for window in &self.schedule.windows {
            for area in answers::areas(plan, &window.scope) {
                for each in &window.expansion.occurrences {
                    let uid = occurrence_uid(plan.id(), window.id(), each.original_on());
                    wanted.extend(area.address().map(|to| (to, uid, each.start_at, each.end_at)));
                }
            }
        }
        wanted.into_iter().filter(|(_, _, start_at, _)| *start_at >= self.tomorrow()).collect()
    }

    fn shown(&self) -> BTreeSet<(String, String, UtcMinute, UtcMinute)> {
        let entries = self.owners.iter().flat_map(|(to, calendar)| calendar.0.iter().map(move |each| (to, each)));
        let live = entries.filter(|(_, (_, entry))| !entry.is_cancelled && entry.start_at >= self.tomorrow());
        live.map(|(to, (uid, entry))| (to.clone(), uid.clone(), entry.start_at, entry.end_at)).collect()
    }

    /// Late enough to be after today on every clock.
    fn tomorrow(&self) -> UtcMinute {
        UtcMinute(LocalMinute::midnight(self.today + Days::new(2)).0)
    }
}

#[test]
fn calendars_of_owners_who_apply_all_that_they_are_sent_show_the_plan() {
    let mut walk = Walk::new(4);
    for step in 1..=STEPS {
        walk.step();
        if step % 25 == 0 {
            // An edit may come in while an export is being written; then there is something left for the next.
            while !Outgoing::new(
                &walk.schedule,
                walk.today,
                &InvitesOrder { which: Which::All, occasion: Occasion::Due },
            )
            .is_empty()
            {
                walk.export(&Which::All);
            }
            let (shown, wanted) = (walk.shown(), walk.wanted());
            let wrong: Vec<_> = shown.symmetric_difference(&wanted).collect();
            assert!(wrong.is_empty(), "after {step} steps {wrong:#?} is only in the plan or in a calendar");
        }
    }
    assert!(walk.messages > 5_000, "{} messages", walk.messages);
}
