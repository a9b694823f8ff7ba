//! The recurrence editor: the rule in words and in parts, its first and last date, and the resulting dates.

use chrono::Weekday;
use egui::{RichText, Ui};

use super::change;
use crate::model::{ListedDate, MaintenanceWindow, MonthDay, ReleaseId, Rule};
use crate::schedule::time::phrases;
use crate::schedule::{FitVerdict, Occurrence, WindowSchedule};
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::rule_fields::{month_day, weekdays};
use crate::ui::parts::states::quiet_button;
use crate::ui::parts::widgets::{muted, strong};
use crate::ui::parts::{fields, occurrence_text};
use crate::wording::{self, WEEK};

/// The kind of a rule.
#[derive(Clone, Copy, PartialEq)]
enum RuleKind {
    Dates,
    Weekly,
    Monthly,
    AfterRelease,
    Foreign,
}

impl RuleKind {
    fn for_rule(rule: &Rule) -> Self {
        match rule {
            Rule::Dates(_) => Self::Dates,
            Rule::Weekly { .. } => Self::Weekly,
            Rule::Monthly { .. } => Self::Monthly,
            Rule::AfterRelease { .. } => Self::AfterRelease,
            Rule::Foreign(_) => Self::Foreign,
        }
    }

    /// A first rule of this kind, close to the window's current dates.
    fn start(self, cx: &Cx<'_>, window: &WindowSchedule) -> Rule {
        use chrono::Datelike as _;
        let on = window.expansion.occurrences.first().map_or(cx.plan().horizon().from, Occurrence::on);
        match self {
            Self::Dates => Rule::once(on),
            Self::Weekly => Rule::Weekly { days: vec![on.weekday()], every: 1 },
            Self::Monthly => {
                Rule::Monthly { on: MonthDay::Nth((on.day0() / 7 + 1) as u8, on.weekday()), every: 1, offset_days: 0 }
            }
            Self::AfterRelease => {
                let known =
                    cx.plan().releases().get(&ReleaseId::new("microsoft")).or(cx.plan().releases().as_slice().first());
                let release = known.map_or_else(|| ReleaseId::new("microsoft"), |release| release.id.clone());
                Rule::AfterRelease { release, offset_days: 1, then: Some(on.weekday()) }
            }
            Self::Foreign => Rule::Foreign("FREQ=MONTHLY".to_owned()),
        }
    }
}

pub fn rule_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    ui.add_space(8.0);
    ui.label(strong("Recurrence"));
    words_ui(ui, cx, window);
    let kinds = [
        (RuleKind::Dates, "On listed dates".to_owned()),
        (RuleKind::Weekly, "Weekly".to_owned()),
        (RuleKind::Monthly, "Monthly".to_owned()),
        (RuleKind::AfterRelease, "After a vendor release".to_owned()),
        (RuleKind::Foreign, "Imported rule".to_owned()),
    ];
    let current = RuleKind::for_rule(&window.window.rule);
    let offered = if current == RuleKind::Foreign { &kinds[..] } else { &kinds[..4] };
    if let Some(kind) = fields::choice(ui, "Recurrence", offered, current) {
        let rule = kind.start(cx, window);
        set_rule(cx, &window.window, rule);
    }
    match &window.window.rule {
        Rule::Dates(dates) => dates_ui(ui, cx, &window.window, dates),
        Rule::Weekly { days, every } => weekly_ui(ui, cx, &window.window, days, *every),
        Rule::Monthly { on, every, offset_days } => monthly_ui(ui, cx, &window.window, *on, *every, *offset_days),
        Rule::AfterRelease { release, offset_days, then } => {
            release_ui(ui, cx, &window.window, release, *offset_days, *then);
        }
        Rule::Foreign(rrule) => {
            if let Some(rrule) = fields::text(ui, "RRULE", rrule, "FREQ=MONTHLY;BYDAY=2TU") {
                set_rule(cx, &window.window, Rule::Foreign(rrule));
            }
        }
    }
    if window.window.rule.is_recurring() {
        span_ui(ui, cx, &window.window);
    }
    ui.add_space(6.0);
}

fn set_rule(cx: &Cx<'_>, window: &MaintenanceWindow, rule: Rule) {
    change(cx, window, |window| window.rule = rule);
}

/// The rule in words; editing the words changes the rule.
fn words_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let current = cx.plan().rule_in_words(&window.window);
    let read = |typed: &str| {
        phrases::rule(typed, cx.plan().releases()).ok_or_else(|| {
            format!(
                "Invalid rule \"{}\". Use e.g. \"last Friday\", \"second Tuesday + 11 days\" or \"every second Sunday\".",
                typed.trim()
            )
        })
    };
    if let Some(rule) = fields::parsed(ui, "Rule in words", &current, "Saturday after Patch Tuesday", read) {
        set_rule(cx, &window.window, rule);
    }
}

fn dates_ui(ui: &mut Ui, cx: &Cx<'_>, window: &MaintenanceWindow, dates: &[ListedDate]) {
    const MOST: usize = 40;
    for (index, date) in dates.iter().enumerate().take(MOST) {
        ui.push_id(index, |ui| {
            ui.horizontal(|ui| {
                if let Some(on) = fields::date(ui, cx, "Date", date.on) {
                    let mut dates = dates.to_vec();
                    dates[index].on = on;
                    set_rule(cx, window, Rule::Dates(dates));
                }
                if !date.words.is_empty() {
                    ui.label(muted(cx, &date.words));
                }
                if crate::ui::parts::widgets::icon_button(ui, lucide_icons::Icon::X, "Remove date", dates.len() > 1)
                    .clicked()
                {
                    let mut dates = dates.to_vec();
                    dates.remove(index);
                    set_rule(cx, window, Rule::Dates(dates));
                }
            });
        });
    }
    if dates.len() > MOST {
        ui.label(muted(cx, wording::and_more(dates.len() - MOST)));
    }
    if ui.button("List another date").clicked() {
        let last = dates.iter().map(|date| date.on).max().unwrap_or(cx.plan().horizon().from);
        let mut dates = dates.to_vec();
        let on = last.checked_add_days(chrono::Days::new(7)).unwrap_or(last);
        dates.push(ListedDate { on, words: String::new() });
        set_rule(cx, window, Rule::Dates(dates));
    }
}

fn weekly_ui(ui: &mut Ui, cx: &Cx<'_>, window: &MaintenanceWindow, days: &[Weekday], every: u16) {
    if let Some(days) = weekdays(ui, "Weekdays", days).filter(|days| !days.is_empty()) {
        set_rule(cx, window, Rule::Weekly { days, every });
    }
    ui.horizontal(|ui| {
        ui.label("Every");
        if let Some(every) = fields::count(ui, "Every n weeks", every.max(1).into(), 1..=52, "week") {
            set_rule(cx, window, Rule::Weekly { days: days.to_vec(), every: every as u16 });
        }
    });
}

fn monthly_ui(ui: &mut Ui, cx: &Cx<'_>, window: &MaintenanceWindow, on: MonthDay, every: u16, offset_days: i32) {
    let rule = |on, every, offset_days| Rule::Monthly { on, every, offset_days };
    ui.horizontal_wrapped(|ui| {
        if let Some(on) = month_day(ui, on, Weekday::Sat) {
            set_rule(cx, window, rule(on, every, offset_days));
        }
        if let Some(offset) = fields::count(ui, "Days later", offset_days.into(), -60..=120, "day") {
            set_rule(cx, window, rule(on, every, offset as i32));
        }
    });
    ui.horizontal(|ui| {
        ui.label("Every");
        if let Some(every) = fields::count(ui, "Every n months", every.max(1).into(), 1..=24, "month") {
            set_rule(cx, window, rule(on, every as u16, offset_days));
        }
    });
}

fn release_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    window: &MaintenanceWindow,
    release: &ReleaseId,
    offset_days: i32,
    then: Option<Weekday>,
) {
    let rule =
        |release: &ReleaseId, offset_days, then| Rule::AfterRelease { release: release.clone(), offset_days, then };
    ui.horizontal_wrapped(|ui| {
        let releases = cx.plan().releases().names();
        if let Some(release) = fields::choice(ui, "Release calendar", &releases, release.clone()) {
            set_rule(cx, window, rule(&release, offset_days, then));
        }
        if let Some(offset) = fields::count(ui, "Days after the release", offset_days.into(), -30..=120, "day") {
            set_rule(cx, window, rule(release, offset as i32, then));
        }
    });
    ui.horizontal(|ui| {
        ui.label("then on");
        let mut days = vec![(None, "that day".to_owned())];
        days.extend(WEEK.map(|day| (Some(day), format!("the next {}", wording::weekday(day)))));
        if let Some(then) = fields::choice(ui, "Then on", &days, then) {
            set_rule(cx, window, rule(release, offset_days, then));
        }
    });
}

fn span_ui(ui: &mut Ui, cx: &Cx<'_>, window: &MaintenanceWindow) {
    ui.horizontal(|ui| {
        ui.label("From");
        if let Some(first) = fields::optional_date(ui, cx, "First date", window.first) {
            change(cx, window, |window| window.first = first);
        }
        ui.label("to");
        if let Some(last) = fields::optional_date(ui, cx, "Last date", window.last) {
            change(cx, window, |window| window.last = last);
        }
    });
}

/// The next dates of the rule, each with its margin.
pub fn next_dates_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, from: Option<&Occurrence>) {
    let from = from.map_or(crate::model::UtcMinute(i32::MIN), |occurrence| occurrence.start_at);
    let next = window.expansion.starting_from(from);
    if next.is_empty() {
        return;
    }
    ui.label(strong("Next dates"));
    let buffer = cx.plan().policy().buffer_percent;
    egui::Grid::new("next dates").num_columns(2).spacing([16.0, 2.0]).show(ui, |ui| {
        for occurrence in next.iter().take(8) {
            let date = wording::short_date(occurrence.on());
            if quiet_button(ui, cx, egui::Button::new(date)).clicked() {
                cx.reveal(Destination::Occurrence(window.id().clone(), occurrence.original_on()));
            }
            let start = occurrence_text::clock(window, occurrence.start_at);
            let (note, color) = match window.fit(occurrence) {
                Ok(fit) => {
                    let verdict = fit.verdict(buffer);
                    let margin = occurrence_text::margin(fit.margin());
                    let thin = if verdict == FitVerdict::Thin { ", thin" } else { "" };
                    let color = if verdict == FitVerdict::Fits { cx.colors.muted } else { cx.colors.verdict(verdict) };
                    (format!("{start} · {margin}{thin}"), color)
                }
                Err(_) => (start, cx.colors.muted),
            };
            ui.label(RichText::new(note).color(color));
            ui.end_row();
        }
    });
}
