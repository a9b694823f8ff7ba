//! C005 person-unavailable: somebody is booked who cannot be there, or a team is short of people.

use crate::checks::facts::duties::{about_person, is_testing, is_to_come, lacks_required_tester};
use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::model::{Duty, Subject};
use crate::schedule::Rota;
use crate::schedule::rota::{Obstacle, Shift, Shortage};
use crate::wording::{date, in_brackets};

pub static RULE: Rule = Rule {
    code: "C005",
    name: "person-unavailable",
    severity: Severity::Error,
    summary: "A person is booked while away, outside their working hours or for two duties at once, or a team has \
              fewer people free than a booking needs.",
    why: "The window was agreed because somebody would be there. If somebody is missing, it is noticed during the \
          work, when nobody else can be asked.",
    example: "Core DB patching, Sat 13 Mar 2027: Ann Bell is booked, but away from Mon 8 Mar 2027 to Fri 19 Mar 2027 \
              (holiday).",
    remedy: "Book somebody else for that occurrence, move it, or add people to the team.",
    checks: &[Check::Rota(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, rota: &Rota, sink: &mut Sink) {
    for shift in rota.shifts().iter().filter(|shift| rota.team(shift).is_none() && is_to_come(cx, rota, shift.from)) {
        if let Some(obstacle) = rota.obstacle(shift) {
            report_obstacle(rota, shift, obstacle, sink);
        }
    }
    for person in 0..cx.plan().people().len() {
        for (before, shift) in rota.overlapping_shifts(person).filter(|(_, shift)| is_to_come(cx, rota, shift.from)) {
            report_double_booking(rota, before, shift, sink);
        }
    }
    for shortage in rota.shortages().iter().filter(|shortage| is_to_come(cx, rota, shortage.from)) {
        let is_reported_by_c004 =
            is_testing(shortage.duty) && lacks_required_tester(cx, rota, rota.shortage_window(shortage), shortage.on());
        if !is_reported_by_c004 {
            report_shortage(rota, shortage, sink);
        }
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (which, name, first) = (cause.occurrences_in_words(), cause.name(cx), cause.first_in_words(cx));
    match &cause.subject {
        Subject::Team(_) => format!("{name} has too few people free for {which}{first}"),
        _ => format!("{name} is booked for {which} but cannot be there{first}"),
    }
}

fn report_obstacle(rota: &Rota, shift: &Shift, obstacle: Obstacle<'_>, sink: &mut Sink) {
    let (person, window) = (&rota.person(shift).name, &rota.window(shift).name);
    let span = rota.span_in_words(shift.from, shift.to);
    let message = match obstacle {
        Obstacle::Away(away) => {
            let reason = in_brackets(&away.reason);
            let (first, last) = (date(away.first_on), date(away.last_on));
            let when = if first == last { format!("on {first}") } else { format!("from {first} to {last}") };
            format!("{window}, {span}: {person} is booked, but away {when}{reason}")
        }
        Obstacle::OutsideHours => format!("{window}, {span}: {person} is booked outside their working hours"),
    };
    sink.add(about_person(&RULE, rota, shift, message));
}

fn report_double_booking(rota: &Rota, before: &Shift, shift: &Shift, sink: &mut Sink) {
    let duty = |shift| format!("{}, {}", rota.window(shift).name, rota.span_in_words(shift.from, shift.to));
    let message = format!("{} is booked twice: {} and {}", rota.person(shift).name, duty(before), duty(shift));
    let other = Subject::Window(rota.window(before).id.clone());
    sink.add(about_person(&RULE, rota, shift, message).with_other(other));
}

fn report_shortage(rota: &Rota, shortage: &Shortage, sink: &mut Sink) {
    let (team, window) = (rota.shortage_team(shortage), rota.shortage_window(shortage));
    let free = match shortage.needed - shortage.missing {
        0 => "nobody".to_owned(),
        free => free.to_string(),
    };
    let what = match shortage.duty {
        Duty::Work => "to work",
        Duty::Testing(_) => "to test afterwards",
        Duty::Watch => "to watch afterwards",
    };
    let message = format!(
        "{}, {}: {} has {free} free {what}, but {} needed",
        window.name,
        rota.span_in_words(shortage.from, shortage.to),
        team.name,
        if shortage.needed == 1 { "1 is".to_owned() } else { format!("{} are", shortage.needed) },
    );
    let finding = Finding::new(&RULE, Subject::Team(team.id.clone()), message);
    sink.add(finding.shown_on(&window.id, shortage.on(), shortage.from));
}
