//! C006 nights-too-many: a person works more nights than allowed, or rests too little between two duties.

use chrono::{Datelike, NaiveDate};

use crate::checks::facts::duties::{about_person, is_to_come};
use crate::checks::{Check, CommonCause, Context, Rule, Severity, Sink};
use crate::model::{Minutes, date_of_day, day_number};
use crate::schedule::Rota;
use crate::schedule::rota::{Shift, WorkedNight};
use crate::wording::{counted, dates, month_and_year};

pub static RULE: Rule = Rule {
    code: "C006",
    name: "nights-too-many",
    severity: Severity::Warning,
    summary: "A person works more nights in a row or in a month than the policy allows, or rests less than it \
              requires between two duties. A night is one with work between 22:00 and 06:00 on the plan's clock. Being on \
              watch after a window is not work.",
    why: "Tired people make mistakes, and the law limits their working hours: 11 hours of rest a day by Directive \
          2003/88/EC, article 3.",
    example: "Ann Bell works 5 nights in a row, Mon 8 Mar 2027 to Fri 12 Mar 2027; the policy allows 3.",
    remedy: "Book somebody else for one of the nights, or a team that takes turns.",
    checks: &[Check::Rota(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, rota: &Rota, sink: &mut Sink) {
    for person in 0..cx.plan().people().len() {
        let nights = rota.nights(person);
        in_a_row(cx, rota, &nights, sink);
        in_a_month(cx, rota, &nights, sink);
        rest(cx, rota, person, sink);
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (name, first) = (cause.name(cx), cause.first_in_words(cx));
    let times = counted(cause.findings.len(), "time");
    format!("{name} works too many nights or rests too little, {times}{first}")
}

/// Reports too many nights of which each follows the previous one.
fn in_a_row(cx: &Context<'_>, rota: &Rota, nights: &[WorkedNight<'_>], sink: &mut Sink) {
    let most = usize::from(cx.plan().policy().people.nights_in_a_row);
    for run in nights.chunk_by(|a, b| a.day + 1 == b.day) {
        let Some(first_too_many) = beyond(cx, run, most) else { continue };
        let (first, last) = (run[0].day, run[run.len() - 1].day);
        let message = format!(
            "{} works {} in a row, {}; the policy allows {most}",
            rota.person(first_too_many).name,
            counted(run.len(), "night"),
            dates(date_of_day(first), date_of_day(last)),
        );
        sink.add(about_person(&RULE, rota, first_too_many, message));
    }
}

fn in_a_month(cx: &Context<'_>, rota: &Rota, nights: &[WorkedNight<'_>], sink: &mut Sink) {
    let most = usize::from(cx.plan().policy().people.nights_a_month);
    let month = |night: &WorkedNight<'_>| month(date_of_day(night.day));
    for of_month in nights.chunk_by(|a, b| month(a) == month(b)) {
        let Some(first_too_many) = beyond(cx, of_month, most) else { continue };
        let message = format!(
            "{} works {} in {}; the policy allows {most}",
            rota.person(first_too_many).name,
            counted(of_month.len(), "night"),
            month_and_year(date_of_day(of_month[0].day)),
        );
        sink.add(about_person(&RULE, rota, first_too_many, message));
    }
}

/// The shift of the first night above the limit, unless all of the nights are in the past.
fn beyond<'a>(cx: &Context<'_>, nights: &[WorkedNight<'a>], most: usize) -> Option<&'a Shift> {
    let is_to_come = nights.last().is_some_and(|night| night.day >= day_number(cx.today));
    nights.get(most).filter(|_| is_to_come).map(|night| night.shift)
}

/// Reports too little rest. Duties that touch or overlap have no rest between them.
fn rest(cx: &Context<'_>, rota: &Rota, person: usize, sink: &mut Sink) {
    let required = cx.plan().policy().people.rest;
    let mut last: Option<&Shift> = None;
    for shift in rota.shifts_of(person).filter(|shift| shift.from < shift.to && !shift.is_watch()) {
        if let Some(before) = last {
            let rests = shift.from.since(before.to);
            if rests > 0 && rests < required.signed() && is_to_come(cx, rota, shift.from) {
                report_rest(rota, before, shift, Minutes(rests.unsigned_abs()), required, sink);
            }
        }
        last = last.filter(|before| before.to >= shift.to).or(Some(shift));
    }
}

fn report_rest(rota: &Rota, before: &Shift, shift: &Shift, rests: Minutes, required: Minutes, sink: &mut Sink) {
    let message = format!(
        "{} rests {rests} between {}, {} and {}, {}; the policy requires {required}",
        rota.person(shift).name,
        rota.window(before).name,
        rota.span_in_words(before.from, before.to),
        rota.window(shift).name,
        rota.span_in_words(shift.from, shift.to),
    );
    sink.add(about_person(&RULE, rota, shift, message));
}

fn month(on: NaiveDate) -> (i32, u32) {
    (on.year(), on.month())
}
