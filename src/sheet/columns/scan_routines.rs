//! The columns of scan routines.

use crate::cells::interval::{read_interval, read_outcome};
use crate::cells::scope::{read_scope, scope};
use crate::cells::{assignee, choices};
use crate::model::{Plan, ScanKind, ScanOutcome, ScanRoutine, ScanRun, day_number};
use crate::sheet::column::Column;
use crate::wording::date;

use super::{id_column, name_column, text_column};

pub const COLUMNS: &[Column<ScanRoutine>] = &[
    name_column!(ScanRoutine),
    Column::new("Kind", |_, routine: &ScanRoutine| routine.kind.name().to_owned())
        .usual()
        .field(|_, routine, text| {
            routine.kind = choices::choice(text, ScanKind::ALL, ScanKind::name)?;
            Ok(())
        })
        .choices(|_| choices::names(ScanKind::ALL, ScanKind::name)),
    Column::new("Runs", |_, routine: &ScanRoutine| routine.every.to_string())
        .usual()
        .sorted_by(|_, routine| routine.every.days().map_or(0, i64::from))
        .field(|_, routine, text| {
            routine.every = read_interval(text)?;
            Ok(())
        })
        .choices(|_| ["every day", "every week", "with each build", "with each commit"].map(str::to_owned).to_vec()),
    text_column!(ScanRoutine, "Tool", tool).usual(),
    Column::new("Who", |plan, routine: &ScanRoutine| assignee::name(plan, routine.who.as_ref()))
        .usual()
        .field(|plan, routine, text| {
            routine.who = assignee::read(plan, text)?;
            Ok(())
        })
        .choices(assignee::all),
    Column::new("Covers", |plan, routine: &ScanRoutine| scope(plan, &routine.scope)).usual().field(
        |plan, routine, text| {
            routine.scope = read_scope(plan, text)?;
            Ok(())
        },
    ),
    Column::new("Last run", |_, routine: &ScanRoutine| last(routine).map_or_else(String::new, |run| date(run.on)))
        .usual()
        .sorted_by(|_, routine| last(routine).map_or(0, |run| day_number(run.on).into()))
        .field(set_last_day),
    Column::new("Result", |_, routine: &ScanRoutine| {
        last(routine).map_or_else(String::new, |run| run.outcome.to_string())
    })
    .usual()
    .field(set_result)
    .choices(|_| ["clean", "failed"].map(str::to_owned).to_vec()),
    Column::new("Due", |plan, routine: &ScanRoutine| due(plan, routine).map_or_else(String::new, date))
        .usual()
        .sorted_by(|plan, routine| due(plan, routine).map_or(i64::MAX, |on| day_number(on).into())),
    text_column!(ScanRoutine, "Notes", notes),
    id_column!(ScanRoutine),
];

fn last(routine: &ScanRoutine) -> Option<&ScanRun> {
    routine.last.as_ref()
}

/// None if results are not recorded.
fn due(plan: &Plan, routine: &ScanRoutine) -> Option<chrono::NaiveDate> {
    routine.due_on(plan.policy().recording_from?)
}

/// Another day of the last run, or none. A day alone is that of a clean run until a result is entered.
fn set_last_day(_: &Plan, routine: &mut ScanRoutine, text: &str) -> Result<(), String> {
    let on = choices::optional(text, choices::date)?;
    routine.last = on.map(|on| match routine.last.take() {
        Some(run) => ScanRun { on, ..run },
        None => ScanRun { on, outcome: ScanOutcome::Clean, by: String::new(), notes: String::new() },
    });
    Ok(())
}

fn set_result(_: &Plan, routine: &mut ScanRoutine, text: &str) -> Result<(), String> {
    let outcome = read_outcome(text)?;
    let run = routine.last.as_mut().ok_or_else(|| "Enter the day of the last run first".to_owned())?;
    run.outcome = outcome;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_needs_the_day_of_its_run() {
        let plan = Plan::new("p".into(), "P", crate::model::Horizon::year(2027), "UTC");
        let mut routine = ScanRoutine::new("r".into(), "R", ScanKind::Cloud);
        assert!(set_result(&plan, &mut routine, "clean").is_err());
        set_last_day(&plan, &mut routine, "2027-03-13").unwrap();
        for outcome in [ScanOutcome::Failed, ScanOutcome::Open(3), ScanOutcome::Clean] {
            set_result(&plan, &mut routine, &outcome.to_string()).unwrap();
            assert_eq!(routine.last.as_ref().unwrap().outcome, outcome);
        }
        assert!(set_result(&plan, &mut routine, "many").unwrap_err().contains("e.g. 3 open"));
        set_last_day(&plan, &mut routine, "").unwrap();
        assert_eq!(routine.last, None);
    }
}
