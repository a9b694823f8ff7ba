//! Large plans are calculated by jobs: the screen never waits, and a job can be stopped and restarted.

use std::sync::Arc;

use chrono::Weekday;
use windowsill::export::invites::{InvitesOrder, Which};
use windowsill::model::*;
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, Command, ComparisonBasis, FileState, LedgerPage, Preview, Session, View};

use crate::support::full::full_plan;

/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);

/// A plan with more answers than are gone through between two frames: 80 windows on each day of a year.
fn much_to_agree_to() -> Plan {
    let plan = full_plan();
    let area = BusinessArea { id: "much".into(), name: "Much".into(), ..BusinessArea::default() };
    let system = System { id: "much".into(), name: "Much".into(), area: Some("much".into()), ..System::default() };
    let days = vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let window = |number: usize| MaintenanceWindow {
        systems: vec!["much".into()],
        ..MaintenanceWindow::new(
            format!("much-{number}").as_str().into(),
            "Much",
            Rule::Weekly { days: days.clone(), every: 1 },
        )
    };
    Plan::from(PlanParts {
        horizon: Horizon::year(2027),
        areas: plan.areas().with(area),
        systems: plan.systems().with(system),
        windows: (0..80).map(window).collect(),
        ..plan.to_parts()
    })
}

fn stop_the_newest_job(session: &mut Session) {
    // Ids count from 1.
    let id = (1..100).rev().find(|id| session.jobs.is_running(*id)).unwrap();
    session.perform(Action::CancelJob(id));
    session.perform(Action::Dismiss);
    session.finish_jobs();
}

#[test]
fn a_large_ledger_that_is_stopped_stays_stopped_until_it_is_chosen_again() {
    let mut session = Session::new(much_to_agree_to(), FileState::none(), Box::new(FixedClock(NOW)), None);
    let ledger = || Action::Show(View::Ledger(LedgerPage::Answers));
    session.perform(ledger());
    assert!(session.ledger().is_none() && !session.has_stopped_ledger());
    stop_the_newest_job(&mut session);
    assert!(session.ledger().is_none() && session.has_stopped_ledger());
    session.perform(ledger());
    session.finish_jobs();
    assert!(session.ledger().is_some_and(|ledger| ledger.is_of(session.plan(), session.today())));
    session.mark_saved();
    session.perform(Action::Run(Command::OpenSample));
    assert!(session.plan().windows().iter().all(|window| window.name != "Much"), "the sample is open");
    let is_current = session.ledger().is_none_or(|ledger| ledger.is_of(session.plan(), session.today()));
    assert!(is_current, "another plan's answers are not shown");
}

#[test]
fn a_large_comparison_is_a_job_that_can_be_stopped_and_restarted() {
    let mut session = Session::new(much_to_agree_to(), FileState::none(), Box::new(FixedClock(NOW)), None);
    session.perform(Action::Compare(ComparisonBasis::Sent));
    stop_the_newest_job(&mut session);
    assert!(session.revision().is_none() && session.has_stopped_revision());
    session.perform(Action::Show(View::Changes));
    session.finish_jobs();
    assert!(session.revision().is_some() && !session.has_stopped_revision());
    let before = Arc::clone(session.revision().unwrap());
    session.perform(Action::Edit(Edit::SetTitle("Renamed".into())));
    assert!(Arc::ptr_eq(&before, session.revision().unwrap()), "the old one is shown while the new one is made");
    session.finish_jobs();
    assert_eq!(session.revision().unwrap().title, "Renamed");
}

#[test]
fn a_large_preview_of_invites_is_a_job_that_ends_with_its_dialog() {
    let mut session = Session::new(much_to_agree_to(), FileState::none(), Box::new(FixedClock(NOW)), None);
    let is =
        |session: &Session, wanted: fn(&Preview) -> bool| wanted(&session.invites_preview(&InvitesOrder::default()));
    session.perform(Action::Run(Command::ExportInvites));
    assert!(is(&session, |preview| matches!(preview, Preview::Running(_))));
    stop_the_newest_job(&mut session);
    assert!(is(&session, |preview| matches!(preview, Preview::Stopped)));
    session.perform(Action::PreviewInvites(InvitesOrder::default()));
    session.finish_jobs();
    assert!(is(&session, |preview| matches!(preview, Preview::Ready(_))));
    session
        .perform(Action::PreviewInvites(InvitesOrder { which: Which::Area("much".into()), ..InvitesOrder::default() }));
    session.perform(Action::OpenDialog(None));
    assert!(session.jobs.is_idle(), "nobody waits for it");
}
