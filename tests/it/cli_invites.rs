//! `export invites` on the command line: what it writes, notes and prints.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;
use windowsill::model::{Edit, InformedOf, InviteTexts, Person, Plan, PlanParts, Team};
use windowsill::store::{self, Lock};

use crate::common::owners;

/// What the output has about the date in March, whose night is too short.
const ONE_ERROR: &str = "1 date has errors, such as a freeze or work that does not fit. If you move one later, its owners need an update.\n";

/// A folder with a plan in it.
struct Desk(TempDir);

impl Desk {
    fn new(plan: &Plan) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        store::save(&desk.path("plan.ron"), plan, None).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn plan(&self) -> Plan {
        store::parse(&fs::read_to_string(self.path("plan.ron")).unwrap()).unwrap().plan
    }

    fn change(&self, edit: &Edit) {
        store::save_anyway(&self.path("plan.ron"), &self.plan().apply(edit).unwrap()).unwrap();
    }

    /// The names in a folder, sorted; none if it does not exist.
    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).into_iter().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Exit code, standard output, standard error of `windowsill export invites plan.ron` with those words.
    fn export(&self, words: &str) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_windowsill"));
        command.env("WINDOWSILL_ZONE_DATA", "bundled");
        command.current_dir(self.0.path()).args(["export", "invites", "plan.ron", "--now", "2027-01-04T09:00:00Z"]);
        let output = command.args(words.split_whitespace()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    #[track_caller]
    fn exported(&self, words: &str) -> String {
        let (code, out, err) = self.export(words);
        assert_eq!((code, err.replace(ONE_ERROR, "").as_str()), (0, ""), "{out}");
        out
    }

    #[track_caller]
    fn fails_saying(&self, words: &str, part: &str) {
        let (code, out, err) = self.export(words);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(part), "{err}");
    }
}

fn skip(on: &str) -> Edit {
    Edit::SkipOccurrence { window: "core-db".into(), on: on.parse().unwrap(), reason: String::new() }
}

#[test]
fn what_is_due_is_written_once_and_then_only_what_changed() {
    let desk = Desk::new(&owners::plan());
    assert_eq!(desk.export("-o out"), (0, "24 invites: 12 dates, 2 owners\n".to_owned(), ONE_ERROR.to_owned()));
    assert_eq!(desk.names("out").len(), 12 * 2 * 2 + 1);
    assert_eq!(desk.plan().sent_invites().len(), 24);
    assert_eq!(desk.exported("-o out2"), "Nothing to send: everybody has the current dates\n");
    assert!(desk.names("out2").is_empty());
    desk.change(&skip("2027-03-20"));
    assert_eq!(desk.exported("-o out2 --area Payments"), "1 invite: 1 cancelled, 1 owner\n");
    let stem = "2027-03-20 core-db payments@bank.example cancellation";
    assert_eq!(desk.names("out2"), [format!("{stem}.eml"), format!("{stem}.ics"), "summary.txt".to_owned()]);
    assert_eq!(desk.exported("-o out3 --window core-db"), "1 invite: 1 cancelled, 1 owner\n");
}

#[test]
fn a_dry_run_says_what_goes_to_whom_and_writes_nothing() {
    let desk = Desk::new(&owners::plan());
    let before = desk.plan();
    let (code, said, warned) = desk.export("--dry-run --window core-db -o out");
    assert_eq!((code, warned.as_str()), (0, ONE_ERROR));
    assert!(
        said.starts_with(
            "24 invites: 12 dates, 2 owners\nSat 16 Jan 2027  22:00 GMT  Invite  Core DB patching  A. Osei <"
        ),
        "{said}"
    );
    assert_eq!((desk.names("out"), desk.plan()), (Vec::new(), before));
}

#[test]
fn what_was_sent_last_is_written_again_and_the_plan_stays_as_it_is() {
    let desk = Desk::new(&owners::plan());
    desk.exported("-o out");
    let text = |name: &str| fs::read(desk.path(name)).unwrap();
    let before = text("plan.ron");
    assert_eq!(desk.exported("-o again --again"), "24 invites: 12 dates, 2 owners, as sent on Mon 4 Jan 2027\n");
    assert_eq!(desk.names("again"), desk.names("out"));
    let name = "2027-03-20 core-db payments@bank.example invite.ics";
    assert_eq!(text(&format!("again/{name}")), text(&format!("out/{name}")));
    assert_eq!(text("plan.ron"), before);
}

#[test]
fn without_an_organizer_a_lock_or_an_area_of_that_name_nothing_is_written() {
    let mut plan = owners::plan();
    let desk = Desk::new(&plan);
    desk.fails_saying(
        "-o out --area Nobody",
        "Unknown business area \"Nobody\". Known business areas: payments, trading",
    );
    desk.fails_saying("-o out --window nothing", "Unknown window \"nothing\"");
    let lock = Lock::acquire(&desk.path("plan.ron"));
    desk.fails_saying("-o out", "plan.ron: the plan cannot be changed now, so nothing was done");
    drop(lock);
    plan = PlanParts { invites: InviteTexts::default().into(), ..plan.to_parts() }.into();
    let desk = Desk::new(&plan);
    desk.fails_saying("-o out", "Invites need an organizer with an e-mail address");
    assert!(desk.names("out").is_empty() && desk.plan().sent_invites().is_empty());
}

#[test]
fn one_recipient_is_chosen_by_address_person_or_team() {
    let person = Person {
        email: "Ann@bank.example".into(),
        informed_of: InformedOf::Everything,
        ..Person::new("ann".into(), "Ann Bell")
    };
    let soc = Team { informed_of: InformedOf::Everything, ..Team::new("soc".into(), "SOC") };
    let plan = owners::plan().apply(&Edit::PutPerson(person)).unwrap().apply(&Edit::PutTeam(soc)).unwrap();
    let desk = Desk::new(&plan);
    let words = "12 invites: 12 dates, 1 informed\n";
    for choice in ["--person ann", "--to ANN@bank.example"] {
        let out = desk.exported(&format!("--dry-run {choice}"));
        assert!(out.starts_with(words) && out.contains("Ann Bell <ann@bank.example>"), "{choice}: {out}");
    }
    let out = desk.exported("--dry-run --to payments@bank.example");
    assert!(out.starts_with("12 invites: 12 dates, 1 owner\n"), "{out}");
    assert!(desk.exported("--dry-run").contains("No address, so not written to: SOC\n"));
    desk.fails_saying("--dry-run --team soc", "SOC has no valid e-mail address (enter it in the plan)");
    desk.fails_saying("--dry-run --person bo", "Unknown person \"bo\"");
    desk.fails_saying("--dry-run --to bo", "Invalid e-mail address \"bo\"");
    desk.fails_saying("--dry-run --to a@b.example --area payments", "cannot be used with");
}
