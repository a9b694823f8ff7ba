//! Times that people know: what other zone data move is reported until somebody accepts it, and every export names the
//! release.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use windowsill::model::{Edit, Plan, UtcMinute};
use windowsill::schedule::time::zone_data::ZoneData;
use windowsill::schedule::{KnownTimes, Schedule};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, Command, ComparisonBasis, FileState, Session, View};
use windowsill::store::{self, ProgramFolders, known_times, save_known_times};

use crate::common::dates::date;
use crate::common::harbour;
use crate::common::invited::invited;
use crate::support::desk::Desk;

/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);

/// A folder "older" with zone data 2026a, in which London is an hour ahead.
fn write_older_zones(desk: &Desk) {
    for (name, data) in [("UTC", "UTC"), ("Europe/London", "Europe/Berlin")] {
        let path = desk.path("older").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, ZoneData::bundled().zone(data).unwrap()).unwrap();
    }
    desk.write("older/tzdata.zi", "# version 2026a\n");
}

#[test]
fn the_command_line_reports_occurrences_that_other_zone_data_moved_until_that_is_accepted() {
    let desk = Desk::new();
    write_older_zones(&desk);
    let check = |words: &str| desk.run(&format!("check plan.ron --now 2027-03-01T10:00:00Z {words}"));
    assert_eq!(check("--zone-data older").err, "");
    let release = ZoneData::bundled().release();
    let said = format!(
        "plan.ron: 10 coming occurrences are at other times with zone data {release} than with 2026a: the first Core DB \
         patching, Sat 20 Mar 2027 22:00, starts on Sat 20 Mar 2027 22:00 UTC, not Sat 20 Mar 2027 21:00 UTC (compare \
         with: diff plan.ron --known-times; accept with: check plan.ron --accept-times)\n"
    );
    assert_eq!(check("").err, said);
    assert_eq!(check("").err, said, "it is said again");
    let compared = desk.run("diff plan.ron --known-times --now 2027-03-01T10:00:00Z");
    assert!(
        compared.code == 1 && compared.out.contains("zone data 2026a") && compared.out.contains("10 moved"),
        "{}",
        compared.out
    );
    assert_eq!(check("--zone-data older").err, "", "with the older data, nothing is different");
    assert_eq!(check("--accept-times").err, "");
    assert_eq!(check("").err, "");
    let compared = desk.run("diff plan.ron --known-times --now 2027-03-01T10:00:00Z");
    assert_eq!(compared.code, 0, "{}", compared.out);
}

#[test]
fn list_reports_moved_times_too() {
    let desk = Desk::new();
    write_older_zones(&desk);
    // Years ahead, since `list` takes the day from the clock.
    desk.write("plan.ron", &desk.read("plan.ron").replace("2027", "2090"));
    assert_eq!(desk.run("list plan.ron --zone-data older").err, "");
    let said = desk.run("list plan.ron").err;
    assert!(said.contains("12 coming occurrences are at other times"), "{said}");
}

#[test]
fn an_edited_window_is_not_mistaken_for_other_zone_data() {
    let desk = Desk::new();
    let check = || desk.run("check plan.ron --now 2027-03-01T10:00:00Z").err;
    check();
    for (old, new) in
        [("start: \"22:00\"", "start: \"21:00\""), ("\"Europe/London\"", "\"Europe/Berlin\""), ("\"4h\"", "\"3h\"")]
    {
        let text = desk.read("plan.ron");
        assert!(text.contains(old), "{text}");
        desk.write("plan.ron", &text.replace(old, new));
        assert_eq!(check(), "", "{new}");
    }
}

#[test]
fn invites_that_other_zone_data_moved_are_due() {
    let desk = Desk::new();
    write_older_zones(&desk);
    store::save(&desk.path("invited.ron"), &invited(), None).unwrap();
    let compare = |words: &str| desk.run(&format!("diff invited.ron --sent --now 2027-03-01T10:00:00Z {words}"));
    assert_eq!(compare("").code, 0);
    let moved = compare("--zone-data older");
    assert!(moved.code == 1 && moved.out.contains("10 moved"), "{}", moved.out);
}

/// A session with a plan in a file whose times were known an hour earlier, with zone data 2026a.
fn session(home: &Path, plan: &Plan) -> Session {
    let (path, folders) = (home.join("plan.ron"), ProgramFolders::inside(home));
    store::save(&path, plan, None).unwrap();
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let mut known = KnownTimes::new(&schedule, "2026a");
    for time in known.windows.values_mut().flat_map(|window| &mut window.times) {
        (time.start_at, time.end_at) = (time.start_at.plus(-60), time.end_at.plus(-60));
    }
    save_known_times(&folders.state, &path, &known).unwrap();
    let mut session = Session::new(harbour::plan(), FileState::none(), Box::new(FixedClock(NOW)), Some(folders));
    session.mark_saved();
    perform(&mut session, Action::Open(path));
    session
}

fn perform(session: &mut Session, action: Action) {
    session.perform(action);
    session.finish_jobs();
    session.perform(Action::Run(Command::Show(session.view().kind())));
    session.finish_jobs();
}

#[test]
fn opening_a_plan_with_other_zone_data_shows_what_moved_until_it_is_accepted() {
    let home = tempfile::tempdir().unwrap();
    let mut session = session(home.path(), &harbour::plan());
    assert_eq!(session.view(), View::Changes);
    let basis = |session: &Session| session.comparing.comparison.as_ref().map(|comparison| comparison.basis.clone());
    assert_eq!(basis(&session), Some(ComparisonBasis::ZoneData("2026a".to_owned())));
    assert!(session.revision().unwrap().summary().starts_with("10 moved"));
    let said = session.messages.iter().any(|message| message.text.contains("10 coming occurrences"));
    assert!(said);
    // Edits and saving change nothing about it, except for what is edited.
    let skip = Edit::SkipOccurrence { window: "core-db".into(), on: date("2027-03-20"), reason: String::new() };
    perform(&mut session, Action::Edit(skip));
    perform(&mut session, Action::Run(Command::Save));
    assert!(session.revision().unwrap().summary().starts_with("9 moved"));
    assert!(session.is_enabled(Command::CompareWithZoneData));
    perform(&mut session, Action::Run(Command::AcceptTimes));
    assert_eq!(basis(&session), None);
    assert!(!session.is_enabled(Command::AcceptTimes));
    let path = home.path().join("plan.ron");
    let known = known_times(&ProgramFolders::inside(home.path()).state, &path);
    assert_eq!(known, KnownTimes::new(session.schedule(), ZoneData::in_use().release()));
}

#[test]
fn every_export_names_the_release_of_the_zone_data() {
    let desk = Desk::new();
    let release = ZoneData::bundled().release();
    let calendar = format!("\nX-WINDOWSILL-ZONE-DATA:{release}\r\n");
    for (words, part) in [
        ("export calendar plan.ron -o year.ics", calendar.clone()),
        ("export calendar plan.ron --profile aws-import -o aws", calendar),
        ("export calendar plan.ron --profile aws-document -o documents", format!("(zone data {release})")),
        ("export planner plan.ron -o planner.html", format!("· tzdata {release}")),
        ("export checklist plan.ron --window core-db --on 2027-03-20 -o checklist.md", format!("· tzdata {release}")),
        ("export ledger plan.ron -o ledger.csv", "zone_data\n".to_owned()),
        ("diff plan.ron plan.ron -o changes.json", format!("\"zone_data\": \"{release}\"")),
    ] {
        desk.run(words).fine();
        let path = desk.path(words.rsplit(' ').next().unwrap());
        let text = match fs::read_dir(&path) {
            Ok(files) => files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect(),
            Err(_) => fs::read_to_string(path).unwrap(),
        };
        assert!(text.replace("\r\n ", "").contains(&part), "{words}: {text}");
    }
    for (words, part) in [
        ("list plan.ron", format!("12 occurrences · zone data {release}\n")),
        ("list plan.ron --format json", format!("\"zone_data\": \"{release}\"")),
        ("advisories plan.ron --format csv", "zone_data\n".to_owned()),
    ] {
        let text = desk.run(words).fine();
        assert!(text.contains(&part), "{words}: {text}");
    }
}

/// Whether the new times are the known ones of the session's file, here and when it is opened again.
fn are_accepted(session: &mut Session, home: &Path) -> bool {
    let path = session.file.path().unwrap().to_owned();
    let known = known_times(&ProgramFolders::inside(home).state, &path);
    let are_known = known == KnownTimes::new(session.schedule(), ZoneData::in_use().release());
    let is_done = !session.is_enabled(Command::AcceptTimes);
    perform(session, Action::Open(path));
    are_known && is_done && !session.is_enabled(Command::AcceptTimes)
}

#[test]
fn times_are_accepted_beside_a_save_that_is_running() {
    const ACCEPT: Action = Action::Run(Command::AcceptTimes);
    const SAVE: Action = Action::Run(Command::Save);
    let rename = |title: &str| Action::Edit(Edit::SetTitle(title.to_owned()));
    for _ in 0..10 {
        for order in 0..4 {
            let home = tempfile::tempdir().unwrap();
            let mut session = session(home.path(), &harbour::plan());
            let copy = home.path().join("copy.ron");
            let actions = match order {
                0 => vec![rename("A"), SAVE, ACCEPT],
                1 => vec![ACCEPT, rename("A"), SAVE],
                2 => vec![rename("A"), Action::SaveAs(copy.clone()), ACCEPT],
                _ => vec![ACCEPT, rename("A"), Action::SaveAs(copy.clone()), rename("B"), SAVE],
            };
            for action in actions {
                session.perform(action);
            }
            session.finish_jobs();
            assert!(!session.is_unsaved() && session.dialogs.open.is_none(), "{order}: {:?}", session.dialogs.open);
            assert_eq!(session.file.path() == Some(copy.as_path()), order > 1);
            assert!(are_accepted(&mut session, home.path()), "{order}");
        }
    }
}

#[test]
fn accepted_times_are_written_before_the_program_ends_or_opens_the_plan_again() {
    for is_quit in [true, false] {
        let home = tempfile::tempdir().unwrap();
        let mut session = session(home.path(), &harbour::plan());
        let path = session.file.path().unwrap().to_owned();
        session.perform(Action::Run(Command::AcceptTimes));
        session.perform(if is_quit { Action::Run(Command::Quit) } else { Action::Open(path) });
        assert!(!session.desktop.may_close);
        session.finish_jobs();
        assert_eq!(session.desktop.may_close, is_quit);
        assert!(are_accepted(&mut session, home.path()));
    }
}
