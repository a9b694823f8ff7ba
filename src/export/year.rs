//! One page for the owner of a business area: their dates of the year, what is asked of them, a line to sign.

use chrono::{Datelike as _, NaiveDate};

use super::paper::{Document, Head, Part, Sheet, SignOff, Table, Title};
use super::phrases::{
    self, area_name, called, column, day, hours, month, name, names, room, short, starts_on, window_name,
};
use super::text::{clean, clip, counted, date};
use crate::model::{Agreement, AreaId, BusinessArea, Change, Duty, Plan};
use crate::schedule::agreement::{Answer, Party, areas};
use crate::schedule::ledger::outdated_in_words;
use crate::schedule::{Occurrence, Origin, Schedule, WindowSchedule};

/// Characters of what is written about a window.
const LONGEST_TEXT: usize = 400;

/// The year of a business area from `today` on.
pub fn document(schedule: &Schedule, area: &AreaId, today: NaiveDate, revision: &str) -> Document {
    let plan = &*schedule.plan;
    let (called, parts) = if let Some(area) = plan.areas.get(area) {
        (area_name(area), Year::of(schedule, area, today).parts())
    } else {
        let id = name(area.as_str());
        let notice = format!("The plan has no business area with the id {id}");
        (id, vec![Part::Notice(notice)])
    };
    let title = format!("{called}, {}", span(plan));
    let sheet = Sheet { name: title.clone(), chapter: None, language: None, parts };
    phrases::document(title, schedule, revision, vec![sheet])
}

/// "January 2027 to December 2027"
fn span(plan: &Plan) -> String {
    let (first, last) = (month(plan.horizon.from), month(plan.horizon.last()));
    if first == last { first } else { format!("{first} to {last}") }
}

/// What one area is told.
struct Year<'a> {
    schedule: &'a Schedule,
    area: &'a BusinessArea,
    today: NaiveDate,
    /// Those that work on its systems and are not over, by name.
    concerns: Vec<Concern<'a>>,
}

/// A window in which an area's systems are worked on.
struct Concern<'a> {
    name: String,
    window: &'a WindowSchedule,
    party: Party<'a>,
    /// Occurrences that start today or later.
    coming: Vec<&'a Occurrence>,
}

impl<'a> Year<'a> {
    fn of(schedule: &'a Schedule, area: &'a std::sync::Arc<BusinessArea>, today: NaiveDate) -> Self {
        let plan = &*schedule.plan;
        let concern = |window: &'a std::sync::Arc<WindowSchedule>| {
            areas(plan, &window.scope).iter().any(|each| each.id == area.id).then(|| {
                let all = window.expansion.occurrences.iter();
                Concern {
                    name: window_name(&window.window),
                    window,
                    party: Party::of(plan, window, area),
                    coming: all.filter(|occurrence| starts_on(window, occurrence) >= today).collect(),
                }
            })
        };
        let mut concerns: Vec<_> = schedule.windows.iter().filter_map(concern).collect();
        concerns.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.window.id().cmp(b.window.id())));
        Self { schedule, area, today, concerns }
    }

    fn parts(&self) -> Vec<Part> {
        let dates = self.dates();
        let mut parts = vec![Part::Head(self.head())];
        if dates.is_empty() {
            parts.push(Part::Text(format!("No maintenance on your systems from {} on", date(self.today))));
        } else {
            parts.extend([title("What takes place", ""), Part::Table(self.windows())]);
            parts.extend([title("What is asked of you", ""), Part::Bullets(self.asked())]);
            parts.extend([title("Your dates", &tally(&dates)), Part::Table(self.table(&dates))]);
        }
        let cancelled = self.cancelled();
        if !cancelled.is_empty() {
            parts.extend([title("Does not take place", ""), Part::Bullets(cancelled)]);
        }
        if !dates.is_empty() {
            parts.extend([title("Agreement", ""), self.sign_offs()]);
        }
        parts
    }

    fn head(&self) -> Head {
        let owner = [name(&self.area.owner), name(&self.area.email)];
        let particulars = std::iter::once("Your year of maintenance".to_owned()).chain(owner);
        Head {
            title: area_name(self.area),
            particulars: particulars.filter(|text| !text.is_empty()).collect(),
            date: span(&self.schedule.plan),
            zone: format!("as of {}", date(self.today)),
        }
    }

    /// Each date that is still to come, sorted by start, then window.
    fn dates(&self) -> Vec<(&Concern<'a>, &'a Occurrence, Answer<'a>)> {
        let of_window = |concern: &'_ Concern<'a>| {
            concern.coming.iter().map(|occurrence| (*occurrence, concern.party.answer(occurrence))).collect::<Vec<_>>()
        };
        let all = self.concerns.iter().flat_map(|concern| {
            of_window(concern).into_iter().map(move |(occurrence, answer)| (concern, occurrence, answer))
        });
        let mut all: Vec<_> = all.collect();
        // The windows come by name, and the sort keeps that order among equal starts.
        all.sort_by_key(|(_, occurrence, _)| occurrence.start_at);
        all
    }

    fn windows(&self) -> Table {
        let coming = self.concerns.iter().filter(|concern| !concern.coming.is_empty());
        let columns = [("Window", 4), ("Your systems", 5), ("Impact", 9)];
        Table {
            columns: columns.map(|(name, share)| column(name, share)).into(),
            rows: coming.map(|concern| self.window(concern)).collect(),
        }
    }

    fn window(&self, concern: &Concern<'_>) -> Vec<String> {
        let record = &*concern.window.window;
        let own = concern.window.scope.systems.iter().filter(|system| system.area.as_ref() == Some(&self.area.id));
        let own: Vec<String> = own.map(|system| called(&system.name, &system.id)).collect();
        let impact = clip(clean(&record.impact).trim().to_owned(), LONGEST_TEXT);
        let impact = if impact.is_empty() { "Not written down yet".to_owned() } else { impact };
        vec![concern.name.clone(), names(own.into_iter()), impact]
    }

    /// Whether somebody must test after the window, or is booked to.
    fn is_tested(&self, window: &WindowSchedule) -> bool {
        let kind = self.schedule.plan.policy.window_type(window.window.kind);
        let is_booked = window.window.bookings.iter().any(|booking| matches!(booking.duty, Duty::Testing(_)));
        is_booked || kind.is_some_and(|kind| kind.needs_tester)
    }

    fn asked(&self) -> Vec<String> {
        let asks = |concern: &&Concern<'_>| !concern.coming.is_empty() && concern.party.notice_days.is_some();
        let asking: Vec<&Concern<'_>> = self.concerns.iter().filter(asks).collect();
        if asking.is_empty() {
            return vec!["Nothing: these dates are for your information".to_owned()];
        }
        let tested = asking.iter().filter(|concern| self.is_tested(concern.window)).map(|concern| concern.name.clone());
        let tested: Vec<String> = tested.collect();
        let test = format!(
            "Book people who test your systems from the end of the window on: {}",
            names(tested.iter().cloned())
        );
        let agree = "Agree to each date, or decline it and name a reserve date, by the day under “Answer by”";
        let reach = "Be reachable while a window is open: whether to roll back may be your decision";
        let all = [Some(agree.to_owned()), (!tested.is_empty()).then_some(test), Some(reach.to_owned())];
        all.into_iter().flatten().collect()
    }

    fn table(&self, dates: &[(&Concern<'a>, &'a Occurrence, Answer<'a>)]) -> Table {
        let horizon = self.schedule.plan.horizon;
        let is_one_year = horizon.from.year() == horizon.last().year();
        // The head says which year, where it is only one.
        let is_short = |on: NaiveDate| is_one_year && horizon.contains(on);
        let long = |on: NaiveDate| if is_short(on) { day(on) } else { date(on) };
        let by = |on: NaiveDate| if is_short(on) { short(on) } else { on.format("%-d %b %Y").to_string() };
        let row = |(concern, occurrence, answer): &(&Concern<'_>, &Occurrence, Answer<'_>)| {
            let moved = match occurrence.origin {
                Origin::Moved => format!(", moved from {}", long(occurrence.original_on())),
                Origin::Added => ", added".to_owned(),
                Origin::Rule | Origin::Skipped => String::new(),
            };
            let reserve = answer.entry.and_then(|entry| entry.reserve_on).map_or_else(String::new, by);
            vec![
                long(starts_on(concern.window, occurrence)),
                hours(concern.window, occurrence),
                format!("{}{moved}", concern.name),
                answer.notice.map_or_else(String::new, |notice| by(notice.due_on)),
                self.state(answer),
                reserve,
                String::new(),
            ]
        };
        let shares = if is_one_year { [13, 20, 21, 9, 17, 9] } else { [17, 20, 17, 13, 12, 13] };
        let columns = ["Date", "Time", "Window", "Answer by", "Answer", "Reserve"];
        let columns = columns.into_iter().zip(shares).map(|(name, share)| column(name, share));
        Table { columns: columns.chain([room("Yes / no", 8)]).collect(), rows: dates.iter().map(row).collect() }
    }

    /// How an answer stands, in few words: "Agreed", and by whom where it was not the owner.
    fn state(&self, answer: &Answer<'_>) -> String {
        let by = |by: &String| {
            let by = name(by);
            if by.is_empty() || by == name(&self.area.owner) { String::new() } else { format!(" by {by}") }
        };
        match answer.agreement() {
            Agreement::NotAsked if answer.notice.is_none() => "For your information".to_owned(),
            Agreement::NotAsked => outdated_in_words(answer).unwrap_or_else(|| "Not asked yet".to_owned()),
            Agreement::Asked { on } => format!("Asked {}", date(*on)),
            Agreement::Agreed { by: whom, .. } => format!("Agreed{}", by(whom)),
            Agreement::Declined { by: whom, reason, .. } => {
                let reason = name(reason);
                let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
                format!("Declined{}{why}", by(whom))
            }
        }
    }

    /// Skipped dates that would have been to come, with the reason.
    fn cancelled(&self) -> Vec<String> {
        let mut all = Vec::new();
        for concern in &self.concerns {
            let skipped = concern.window.expansion.skipped.iter();
            for occurrence in skipped.filter(|occurrence| starts_on(concern.window, occurrence) >= self.today) {
                let exception = concern.window.window.exception(occurrence.original_on());
                let reason = match exception.map(|exception| &exception.change) {
                    Some(Change::Skipped { reason }) => name(reason),
                    _ => String::new(),
                };
                let on = starts_on(concern.window, occurrence);
                let line = [format!("{}, {}", date(on), concern.name), reason];
                let line = line.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
                all.push((occurrence.start_at, line));
            }
        }
        all.sort();
        all.into_iter().map(|(_, line)| line).collect()
    }

    fn sign_offs(&self) -> Part {
        let owner = name(&self.area.owner);
        let who = if owner.is_empty() { area_name(self.area) } else { owner };
        let hint = "name, signature, date".to_owned();
        Part::SignOffs(vec![
            SignOff {
                who, what: "agrees to these dates, but for those marked “no”".to_owned(), hint: hint.clone()
            },
            SignOff { who: "Change manager".to_owned(), what: "has noted it in the plan".to_owned(), hint },
        ])
    }
}

fn title(text: &str, beside: &str) -> Part {
    Part::Title(Title { text: text.to_owned(), beside: beside.to_owned() })
}

/// "24 dates: 10 agreed, 1 declined, 13 without an answer"
fn tally(dates: &[(&Concern<'_>, &Occurrence, Answer<'_>)]) -> String {
    let count = |is: fn(&Answer<'_>) -> bool| dates.iter().filter(|(_, _, answer)| is(answer)).count();
    let agreed = count(|answer| matches!(answer.agreement(), Agreement::Agreed { .. }));
    let declined = count(|answer| matches!(answer.agreement(), Agreement::Declined { .. }));
    let informed = count(|answer| matches!((answer.agreement(), answer.notice), (Agreement::NotAsked, None)));
    let open = dates.len() - agreed - declined - informed;
    let counts =
        [(agreed, "agreed"), (declined, "declined"), (open, "without an answer"), (informed, "for information")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    format!("{}: {}", counted(dates.len(), "date"), counts.collect::<Vec<_>>().join(", "))
}
