//! Schedules: a range of hours on weekdays, on the clock of each agent.

use std::fmt::Write as _;

use crate::connect::writing::quoting::{comment, puppet};
use crate::connect::writing::{
    Abilities, Candidate, Ends, Entries, Identifiers, Lasts, LossKind, Rhythm, RuleSupport, WriteRequest, Writer,
    WrittenFile, title,
};
use crate::export::ics::proper_name;
use crate::export::{FileType, Output};
use crate::wording::{iso, weekday};

static ABILITIES: Abilities = Abilities {
    longest: Some(24 * 60 - 1),
    ends: Ends::OnClock,
    has_dates: false,
    rules: Some(RuleSupport {
        lasts: Lasts::Forever,
        zone_name: |zone, _, _| Some(proper_name(zone)),
        skips_begun_offsets: false,
        rules: |candidate| rules(candidate),
    }),
    also_lost: &[(LossKind::Zone, "Puppet uses the clock of each agent, not the zone of the window")],
    ..Abilities::dates_only("Puppet")
};

pub static WRITER: Writer = Writer {
    format: "schedules",
    output: Output {
        id: "puppet-schedules",
        name: "Puppet, schedules",
        help: "A schedule for each window that is weekly",
    },
    file_type: FileType { name: "Puppet manifests", endings: &["pp"] },
    abilities: &ABILITIES,
    write,
};

fn rules(candidate: &Candidate) -> Result<Vec<Rhythm>, String> {
    match &candidate.rhythm {
        Rhythm::Weekly { every: 1, .. } => Ok(vec![candidate.rhythm.clone()]),
        _ => Err("a schedule of Puppet has days of every week only".to_owned()),
    }
}

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut names = Identifiers::new("-_", 100).lower();
    let mut text = "# A schedule prevents changes outside of its range; it starts nothing.\n".to_owned();
    for expressed in &request.windows {
        let Entries::Rules(rules) = &expressed.entries else { continue };
        let title = title(&expressed.window.window);
        for rule in rules {
            let Rhythm::Weekly { days, .. } = &rule.rhythm else { continue };
            let from = crate::connect::writing::minute_of_day(rule.start);
            let until = (from + rule.minutes) % (24 * 60);
            let days: Vec<String> = days.iter().map(|day| puppet(weekday(*day))).collect();
            let _ = write!(
                text,
                "\n# {} ({})\nschedule {{ {}:\n  range   => '{} - {}',\n  weekday => [{}],\n  period  => daily,\n}}\n",
                comment(&title),
                comment(&rule.zone),
                puppet(&names.next(&title)),
                iso::minute_of_day(from),
                iso::minute_of_day(until),
                days.join(", "),
            );
        }
    }
    WrittenFile {
        text,
        remarks: vec!["A schedule of Puppet starts nothing: it only prevents changes at other times".to_owned()],
    }
}
