//! Playbooks of Ansible (<https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_strategies.html>).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::finding::{LintError, LintFinding};
use super::plays::{Serial, groups, max_fail_percent, serial};
use super::tasks::{Task, is_yes, seconds, tasks_in};
use crate::checks::Severity;
use crate::connect::documents::yaml::{self, Node};
use crate::model::{Batch, Edit, Guess, MaintenanceWindow, Minutes, System, SystemId, WindowId};
use crate::schedule::{Schedule, WindowSchedule};
use crate::wording::list_in_sentence;

const WHAT: &str = "a playbook (YAML)";
const TASKS: [&str; 3] = ["pre_tasks", "tasks", "post_tasks"];
/// What Ansible waits for a reboot if nothing is said.
const USUAL_REBOOT: Minutes = Minutes(10);
/// How many names a message has.
const MOST_NAMES: usize = 3;

/// What is found, and what the plan takes over on request.
pub struct PlaybookLint {
    /// Sorted by line.
    pub findings: Vec<LintFinding>,
    /// Batches, limits of failures and worst cases of the windows and systems that the plays are about.
    pub edits: Vec<Edit>,
}

/// Judges a playbook against the windows and estimates of a plan.
///
/// # Errors
/// The file is damaged or no playbook.
pub fn lint_playbook(text: &str, schedule: &Schedule) -> Result<PlaybookLint, LintError> {
    let documents = yaml::read(text).map_err(|error| LintError::Unreadable { what: WHAT, error })?;
    let plays: Vec<&Node> = documents.iter().flat_map(Node::list).collect();
    let is_play = |node: &&Node| {
        ["hosts", "import_playbook", "ansible.builtin.import_playbook"].iter().any(|key| node.get(key).is_some())
    };
    if plays.is_empty() || !plays.iter().all(is_play) {
        return Err(LintError::OtherFile("Not a playbook: expected a list of plays, each with hosts"));
    }
    let mut lint = Lint { schedule, found: Vec::new(), windows: BTreeMap::new(), systems: BTreeMap::new() };
    plays.iter().filter(|play| play.get("hosts").is_some()).for_each(|play| lint.play(play));
    lint.found.sort_by_key(|finding| (finding.line, finding.code));
    let windows = lint.windows.into_values().map(Edit::PutWindow);
    let edits = windows.chain(lint.systems.into_values().map(Edit::PutSystem));
    let is_new = |edit: &Edit| match edit {
        Edit::PutWindow(window) => schedule.plan.windows().get(&window.id).is_none_or(|old| **old != *window),
        Edit::PutSystem(system) => schedule.plan.systems().get(&system.id).is_none_or(|old| **old != *system),
        _ => true,
    };
    Ok(PlaybookLint { findings: lint.found, edits: edits.filter(is_new).collect() })
}

struct Lint<'a> {
    schedule: &'a Schedule,
    found: Vec<LintFinding>,
    windows: BTreeMap<WindowId, MaintenanceWindow>,
    systems: BTreeMap<SystemId, System>,
}

impl Lint<'_> {
    fn add(&mut self, code: &'static str, severity: Severity, line: usize, message: String) {
        self.found.push(LintFinding::new(code, severity, line, message));
    }

    fn play(&mut self, play: &Node) {
        let groups = groups(play, &self.schedule.plan);
        let is_of_play =
            |window: &&Arc<WindowSchedule>| window.window.groups.iter().any(|group| groups.contains(group));
        let windows: Vec<&Arc<WindowSchedule>> = self.schedule.windows.iter().filter(is_of_play).collect();
        let hosts = play.get("hosts").map_or(play.line, |hosts| hosts.line);
        if windows.is_empty() {
            let named = play.get("hosts").and_then(Node::text).unwrap_or_default();
            let message =
                format!("No window of the plan is for a group \"{named}\": batches and times are not compared");
            self.add("L210", Severity::Note, hosts, message);
        }
        self.batches(play, &windows, hosts);
        let tasks = tasks_in(play, &TASKS);
        let handlers = tasks_in(play, &["handlers"]);
        if let Some(node) = play.get("ignore_errors").filter(|node| is_yes(node)) {
            self.add(
                "L203",
                Severity::Warning,
                node.line,
                "The play ignores errors: a failed host counts as patched".to_owned(),
            );
        }
        for task in tasks.iter().chain(&handlers) {
            if let Some(node) = task.ignores_errors() {
                let message = format!("\"{}\" ignores errors: a failed host counts as patched", task.name);
                self.add("L203", Severity::Warning, node.line, message);
            }
            self.times(task, &windows);
        }
        self.handlers(play, &tasks, &handlers);
    }

    fn batches(&mut self, play: &Node, windows: &[&Arc<WindowSchedule>], hosts: usize) {
        let serial = serial(play);
        let line = play.get("serial").map_or(hosts, |node| node.line);
        match &serial {
            Serial::Missing => {
                let message = "No serial: all hosts are patched at once, and all of them fail together";
                self.add("L201", Severity::Warning, line, message.to_owned());
            }
            Serial::Unknown => {
                self.add(
                    "L202",
                    Severity::Note,
                    line,
                    "The value of serial is not known here, so batches are not compared".to_owned(),
                );
            }
            Serial::Is(_) => {}
        }
        let percent = max_fail_percent(play);
        let is_stopped = percent.is_some() || play.get("any_errors_fatal").is_some_and(is_yes);
        if !is_stopped {
            let message = "No max_fail_percentage: the next batch begins although hosts of the one before failed";
            self.add("L204", Severity::Warning, line, message.to_owned());
        }
        for window in windows {
            let old = &window.window;
            let batch = match &serial {
                Serial::Is(batch) => Some(batch.clone()),
                Serial::Missing => Some(Batch::All),
                Serial::Unknown => None,
            };
            if let Some(batch) = batch {
                if batch != old.batch {
                    let (theirs, ours) = (in_words(&batch), in_words(&old.batch));
                    let message = format!("The playbook patches {theirs}, but {} is planned with {ours}", old.name);
                    self.add("L208", Severity::Warning, line, message);
                }
                self.window(old).batch = batch;
            }
            if let Some((line, percent)) = percent {
                if old.max_fail_percent != Some(percent) {
                    let ours = old.max_fail_percent.map_or_else(|| "no limit".to_owned(), |ours| format!("{ours} %"));
                    let message =
                        format!("The playbook stops at {percent} % of failed hosts, but {} has {ours}", old.name);
                    self.add("L209", Severity::Warning, line, message);
                }
                self.window(old).max_fail_percent = Some(percent);
            }
        }
    }

    /// Compares what a task may take with the estimates.
    fn times(&mut self, task: &Task<'_>, windows: &[&Arc<WindowSchedule>]) {
        if let Some(arguments) = task.reboot() {
            let node = arguments.get("reboot_timeout");
            if node.is_none() {
                let message = format!("\"{}\" has no reboot_timeout: Ansible gives up after {USUAL_REBOOT}", task.name);
                self.add("L205", Severity::Warning, task.node.line, message);
            }
            let limit = node.map_or(Some(USUAL_REBOOT), seconds);
            if let Some(limit) = limit {
                let line = node.map_or(task.node.line, |node| node.line);
                self.compare(windows, (line, limit, "rebooting"), |system| Some(&mut system.estimate.reboot));
            }
        } else if task.install().is_some()
            && let Some((node, limit)) = task.limit()
        {
            self.compare(windows, (node.line, limit, "patching"), |system| system.estimate.patch.as_mut());
        }
    }

    /// Compares a limit with an estimate of each system, and makes it the worst case.
    fn compare(
        &mut self,
        windows: &[&Arc<WindowSchedule>],
        (line, limit, phase): (usize, Minutes, &str),
        guess: fn(&mut System) -> Option<&mut Guess>,
    ) {
        let (mut longer, mut shorter) = (BTreeSet::new(), BTreeSet::new());
        let mut worst = Minutes::default();
        for system in windows.iter().flat_map(|window| &window.scope.systems) {
            let mut copy = System::clone(system);
            let Some(estimate) = guess(&mut copy).map(|guess| *guess).filter(|guess| !guess.likely.is_zero()) else {
                continue;
            };
            if limit < estimate.likely {
                shorter.insert(system.name.as_str());
            } else if limit > estimate.worst {
                longer.insert(system.name.as_str());
                worst = worst.max(estimate.worst);
            }
            let kept = self.systems.entry(system.id.clone()).or_insert_with(|| System::clone(system));
            if let Some(guess) = guess(kept).filter(|guess| guess.worst < limit) {
                guess.worst = limit;
            }
        }
        if !shorter.is_empty() {
            let names = list_in_sentence(&shorter, MOST_NAMES);
            let message = format!("It gives up after {limit}, but {phase} {names} is estimated to take longer");
            self.add("L206", Severity::Error, line, message);
        }
        if !longer.is_empty() {
            let names = list_in_sentence(&longer, MOST_NAMES);
            let message =
                format!("It may take {limit}, but the plan expects {phase} to take at most {worst} ({names})");
            self.add("L207", Severity::Warning, line, message);
        }
    }

    fn handlers(&mut self, play: &Node, tasks: &[Task<'_>], handlers: &[Task<'_>]) {
        let notified: BTreeSet<&str> = tasks.iter().chain(handlers).flat_map(Task::notifies).collect();
        let is_template = notified.iter().any(|name| name.contains("{{"));
        // Roles and included files may notify and have handlers, too.
        let is_open = is_template || play.get("roles").is_some() || tasks.iter().any(|task| includes(task.node));
        for handler in handlers {
            let mut names = vec![handler.name];
            let listen = handler.node.get("listen");
            names.extend(listen.and_then(Node::text));
            names.extend(listen.into_iter().flat_map(Node::list).filter_map(Node::text));
            if names.iter().any(|name| notified.contains(name)) || includes(handler.node) {
                continue;
            }
            let name = handler.name.to_lowercase();
            let is_rollback = ["rollback", "roll back", "roll-back", "restore", "revert", "snapshot"]
                .iter()
                .any(|word| name.contains(word));
            let (severity, what) = match (is_rollback, is_open) {
                (true, false) => (Severity::Error, "so nothing is rolled back"),
                (true, true) => {
                    (Severity::Warning, "so nothing is rolled back, unless a role or an included file does it")
                }
                (false, false) => (Severity::Warning, "so it never runs"),
                (false, true) => continue,
            };
            let message = format!("Nothing notifies the handler \"{}\", {what}", handler.name);
            self.add("L211", severity, handler.node.line, message);
        }
        let known: BTreeSet<&str> = handlers
            .iter()
            .flat_map(|handler| {
                let listen = handler.node.get("listen");
                [Some(handler.name), listen.and_then(Node::text)]
                    .into_iter()
                    .flatten()
                    .chain(listen.into_iter().flat_map(Node::list).filter_map(Node::text))
            })
            .collect();
        for task in tasks.iter().filter(|_| !is_open) {
            for name in task.notifies().filter(|name| !known.contains(name)) {
                let message = format!("\"{}\" notifies \"{name}\", but the playbook has no such handler", task.name);
                self.add("L212", Severity::Error, task.node.line, message);
            }
        }
    }

    fn window(&mut self, old: &MaintenanceWindow) -> &mut MaintenanceWindow {
        self.windows.entry(old.id.clone()).or_insert_with(|| old.clone())
    }
}

/// Whether a task brings others from another file.
fn includes(node: &Node) -> bool {
    const INCLUDES: [&str; 5] = ["include_tasks", "import_tasks", "include_role", "import_role", "include"];
    node.pairs().filter_map(|(key, _)| key.text()).any(|key| INCLUDES.contains(&key.rsplit('.').next().unwrap_or(key)))
}

/// "5 at a time", "20 % at a time", "all hosts at once"
fn in_words(batch: &Batch) -> String {
    match batch {
        Batch::All => "all hosts at once".to_owned(),
        Batch::Hosts(hosts) => format!("{hosts} at a time"),
        Batch::Share(percent) => format!("{percent} % at a time"),
        Batch::List(sizes) => format!("batches of {}", Batch::list_in_words(sizes)),
    }
}
