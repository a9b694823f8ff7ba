//! The planner as HTML: a table for each month, a row for each day.

use std::fmt::{Result, Write as _};

use super::escaped::{line, lines};
use crate::export::paper::{Day, Entry, Labelled, Legend, Month, Planner};
use crate::model::Stage;

pub fn write(out: &mut String, planner: &Planner) -> Result {
    let (title, beside) = (line(&planner.title.text), line(&planner.title.beside));
    writeln!(out, "<header>\n<h1 dir=\"auto\">{title}</h1>\n<p class=\"date\">{beside}</p>\n</header>")?;
    writeln!(out, "<div class=\"planner\">")?;
    planner.months.iter().try_for_each(|month| write_month(out, month, &planner.week))?;
    writeln!(out, "</div>")?;
    write_legend(out, &planner.legend)?;
    for (class, all) in [("windows", &planner.windows), ("remarks", &planner.remarks)] {
        if !all.is_empty() {
            writeln!(out, "<dl class=\"labelled key {class}\">")?;
            for Labelled { label, text } in all {
                writeln!(out, "<div><dt>{}</dt><dd dir=\"auto\">{}</dd></div>", line(label), lines(text))?;
            }
            writeln!(out, "</dl>")?;
        }
    }
    Ok(())
}

fn write_month(out: &mut String, month: &Month, week: &str) -> Result {
    let (name, week) = (line(&month.name), line(week));
    writeln!(out, "<table class=\"month\">\n<colgroup><col class=\"week\"><col class=\"day\"><col></colgroup>")?;
    writeln!(out, "<thead><tr><th class=\"week\">{week}</th><th colspan=\"2\">{name}</th></tr></thead>")?;
    writeln!(out, "<tbody>")?;
    month.days.iter().try_for_each(|day| write_day(out, day))?;
    writeln!(out, "</tbody>\n</table>")
}

fn write_day(out: &mut String, day: &Day) -> Result {
    let mut classes = Vec::new();
    classes.extend(day.is_weekend.then_some("weekend"));
    classes.extend(day.holiday.is_some().then_some("holiday"));
    classes.extend(day.is_frozen.then_some("frozen"));
    let week = day.week.map(|week| week.to_string()).unwrap_or_default();
    write!(out, "<tr class=\"{}\"><td class=\"week\">{week}</td>", classes.join(" "))?;
    write!(out, "<td class=\"day\">{} <small>{}</small></td><td>", day.number, line(&day.weekday))?;
    for (class, text) in [("freeze", &day.freeze), ("free", &day.holiday)] {
        if let Some(text) = text {
            write!(out, "<em class=\"{class}\" dir=\"auto\">{}</em> ", line(text))?;
        }
    }
    for release in &day.releases {
        write!(out, "<em class=\"release\" dir=\"auto\">{}</em> ", line(release))?;
    }
    day.entries.iter().try_for_each(|entry| write_entry(out, entry))?;
    writeln!(out, "</td></tr>")
}

fn write_entry(out: &mut String, entry: &Entry) -> Result {
    let words = [(&entry.mark, "alarm"), (&entry.letter, "letter"), (&entry.number, "number"), (&entry.clock, "clock")];
    write!(out, "<span class=\"entry {}\">", class(entry.stage))?;
    for (text, class) in words {
        if !text.is_empty() {
            write!(out, "<b class=\"{class}\">{}</b> ", line(text))?;
        }
    }
    write!(out, "<bdi>{}</bdi></span> ", line(&entry.name))
}

fn class(stage: Option<Stage>) -> &'static str {
    match stage {
        None => "no-stage",
        Some(Stage::Test) => "test",
        Some(Stage::Uat) => "uat",
        Some(Stage::Pilot) => "pilot",
        Some(Stage::Rest) => "rest",
        Some(Stage::Production) => "production",
    }
}

fn write_legend(out: &mut String, legend: &Legend) -> Result {
    write!(out, "<p class=\"planner-legend\">")?;
    for key in &legend.stages {
        let (letter, name) = (line(&key.letter), line(&key.name));
        write!(out, "<span class=\"entry {}\"><b class=\"letter\">{letter}</b> {name}</span> ", class(key.stage))?;
    }
    let words = [("freeze", &legend.freeze), ("free", &legend.holiday), ("release", &legend.release)];
    for (class, text) in words.into_iter().chain(legend.mark.iter().map(|mark| ("alarm", mark))) {
        if !text.is_empty() {
            write!(out, "<em class=\"{class}\">{}</em> ", line(text))?;
        }
    }
    writeln!(out, "</p>")
}
