//! What is printed says the same as a page, as Markdown and as text: every text of a document is in each of them, and
//! nothing that people typed is read as a sign.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::Value;
use windowsill::checks::Findings;
use windowsill::compliance::ComplianceOptions;
use windowsill::export::paper::{Document, Paper, Sheet, html, markdown, revision, text};
use windowsill::export::{cab, checklist, clean, compliance, planner, year};
use windowsill::model::{
    Assignee, ChecklistBlock, Ending, LocalMinute, NightKey, NightRecord, Outcome, Person, Plan, StatusUpdate, System,
    UtcMinute,
};
use windowsill::model::{Booking, ChecklistChoice, ChecklistItem, ChecklistTemplate, Duty, Irreversible, Minutes};
use windowsill::schedule::Schedule;

use crate::common::harbour;
use crate::support::plans::any_plan;
use windowsill::progress::Progress;

const SAMPLE: &str = include_str!("../../assets/sample.ron");

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 1, 15).unwrap()
}

/// The packs of the first occurrences of each window.
fn packs(schedule: &Schedule, most: usize) -> Document {
    let of_window = |window: &Arc<windowsill::schedule::WindowSchedule>| {
        let all = window.expansion.occurrences.iter().chain(&window.expansion.skipped).take(most);
        let id = window.id().clone();
        all.map(move |occurrence| (id.clone(), occurrence.original_on())).collect::<Vec<_>>()
    };
    let all: Vec<_> = schedule.windows.iter().flat_map(of_window).collect();
    checklist::document(schedule, &all, &revision(&schedule.plan), &Progress::default()).unwrap().document
}

/// Everything else that is printed.
fn others(schedule: &Schedule) -> Vec<Document> {
    let findings = Findings::check(schedule, today(), None);
    let areas = schedule.plan.areas().iter();
    let mut all: Vec<Document> = areas.map(|area| year::document(schedule, &area.id, today(), "0")).collect();
    all.push(planner::document(schedule, Some(&findings), "0"));
    all.push(cab::document(schedule, &findings, None, today(), 4, "0"));
    let at = schedule.zone.resolve(LocalMinute::midnight("2027-04-02".parse().unwrap())).at;
    all.push(compliance::document(schedule, &ComplianceOptions { at, from: None, count_hosts: false }, "0"));
    all
}

/// Every text in a document that a reader should see, line by line. Without contents, the names of sheets
/// are at the foot of their pages, and their heads say what they are.
fn texts(document: &Document) -> Vec<String> {
    let mut found = vec![one_line(&document.plan), document.revision.clone()];
    if document.contents.is_some() {
        found.push(one_line(&document.title));
        let names = document.sheets.iter().flat_map(|sheet| sheet.chapter.iter().chain([&sheet.name]));
        found.extend(names.map(|name| one_line(&clean(name))));
    }
    let parts = document.sheets.iter().flat_map(|sheet| &sheet.parts);
    parts.for_each(|part| collect(&serde_json::to_value(part).unwrap(), "", &mut found));
    found
}

fn collect(value: &Value, key: &str, found: &mut Vec<String>) {
    // Names of kinds, and what is for paper alone.
    if ["part", "kind", "stage", "week", "tiles"].contains(&key) {
        return;
    }
    match value {
        Value::String(text) => {
            let lines = clean(text);
            found.extend(lines.lines().map(one_line).filter(|line| !line.is_empty()));
        }
        Value::Array(all) => all.iter().for_each(|each| collect(each, key, found)),
        Value::Object(fields) => {
            let is = |key: &str| fields.get(key).and_then(Value::as_bool) == Some(true);
            let is_empty_day = fields.contains_key("weekday") && {
                let has =
                    |key: &str| fields[key].as_array().is_some_and(|all| !all.is_empty()) || fields[key].is_string();
                !["entries", "releases", "holiday", "freeze"].into_iter().any(has)
            };
            let is_filled = fields
                .get("items")
                .and_then(Value::as_array)
                .is_some_and(|items| items.iter().all(|item| item.get("done").is_some_and(|done| !done.is_null())));
            for (key, field) in fields {
                if !(is("is_bare") && key == "clock" || is_empty_day || is_filled && ["who", "when"].contains(&&**key))
                {
                    collect(field, key, found);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a reader of the page sees.
fn seen(page: &str) -> String {
    let body = page.split_once("<body>").unwrap().1;
    let mut out = String::new();
    for piece in body.split('<') {
        out.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        out.push(' ');
    }
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    one_line(&signs.iter().fold(out, |out, (sign, text)| out.replace(sign, text)))
}

/// What a reader of the rendered Markdown sees, emphasis aside.
fn rendered(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '*' => {}
            c => out.push(c),
        }
    }
    one_line(&out)
}

fn says_everything(document: &Document) {
    let forms = [
        ("page", seen(&html(document, Paper::A4))),
        ("Markdown", rendered(&markdown(document))),
        ("text", one_line(&text(document))),
    ];
    for wanted in texts(document) {
        let wanted = windowsill::wording::visible(&wanted);
        for (form, said) in &forms {
            assert!(said.contains(&*wanted), "{wanted:?} is missing in the {form} of {}:\n{said}", document.title);
        }
    }
}

fn sample() -> Schedule {
    Schedule::derive(&Arc::new(windowsill::store::parse(SAMPLE).unwrap().plan), None)
}

#[test]
fn every_text_of_every_pack_of_the_sample_is_in_all_forms() {
    let document = packs(&sample(), usize::MAX);
    assert!(document.sheets.len() > 100, "{}", document.sheets.len());
    // One by one, so that what is missing in one is not found in another.
    for sheet in &document.sheets {
        says_everything(&Document { sheets: vec![sheet.clone()], contents: None, ..document.clone() });
    }
    let bare = document.sheets.iter().map(|sheet| Sheet { parts: Vec::new(), ..sheet.clone() });
    says_everything(&Document { sheets: bare.collect(), ..document.clone() });
}

#[test]
fn every_text_of_the_planner_the_years_and_the_cab_sheet_is_in_all_forms() {
    for document in others(&sample()) {
        says_everything(&document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn every_text_of_any_plan_is_in_all_forms(plan in any_plan()) {
        let schedule = Schedule::derive(&Arc::new(plan), None);
        says_everything(&packs(&schedule, 2));
    }
}

/// The small plan with the same text wherever people can type on one line.
fn named(name: &str) -> Plan {
    let mut parts = harbour::plan().to_parts();
    let mut window = harbour::window();
    let text = || name.to_owned();
    (window.name, window.impact, window.change_ticket) = (text(), text(), text());
    (window.communication, window.dependencies) = (text(), text());
    window.irreversible = Some(Irreversible { after: Minutes(60), step: text() });
    window.checklist = ChecklistChoice::Template("own".into());
    window.bookings = vec![Booking { duty: Duty::Work, who: Assignee::Person("ann".into()), on: None }];
    parts.windows = [window].into_iter().collect();
    parts.people = [Person { phone: text(), ..Person::new("ann".into(), name) }].into_iter().collect();
    let systems = parts.systems.iter().map(|system| System { name: text(), ..System::clone(system) });
    parts.systems = systems.collect();
    let item = ChecklistItem { owner: text(), offset: Some(5), ..ChecklistItem::new(ChecklistBlock::Start, name) };
    let mut own = ChecklistTemplate::new("own".into(), "Own", vec![item]);
    own.language = text();
    own.words = [("scope".to_owned(), text()), ("page-of".to_owned(), text())].into();
    parts.checklists = [own].into_iter().collect();
    parts.title = text();
    let key = NightKey { window: "core-db".into(), on: "2027-03-20".parse().unwrap() };
    let at = UtcMinute::from_utc("2027-03-20T22:30:00Z".parse().unwrap());
    parts.nights = [NightRecord {
        status_updates: vec![StatusUpdate { due_at: at, text: text(), by: text(), at }],
        ending: Some(Ending { outcome: Outcome::Done, by: text(), at }),
        ..NightRecord::new(key)
    }]
    .into_iter()
    .collect();
    parts.into()
}

fn pack(plan: Plan) -> Document {
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let (window, occurrence) = schedule.occurrence(&"core-db".into(), "2027-03-20".parse().unwrap()).unwrap();
    checklist::single(&schedule, window, occurrence, &revision(&schedule.plan)).unwrap()
}

fn hostile() -> Vec<String> {
    let more = [
        "](http://example.org) <http://example.org> www.example.org a@example.org",
        "#let x = 1 #include \"a\" $x$ \\ `` ``` ~~~ ---",
        "--> <!-- ]]> &amp; &#60; <img src=x onerror=alert(1)>",
        "{page} {pages} {time}",
    ];
    harbour::hostile_names().into_iter().filter(|name| !name.trim().is_empty()).chain(more.map(str::to_owned)).collect()
}

/// The page's tags, without what is written in their style.
fn tags(page: &str) -> Vec<&str> {
    let body = page.split_once("<body>").unwrap().1;
    body.split('<')
        .skip(1)
        .map(|piece| piece.split_once('>').unwrap().0)
        .filter(|tag| !tag.contains("style="))
        .collect()
}

/// The layout, and the footer of the pages.
fn style(page: &str) -> &str {
    page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0
}

#[test]
fn what_people_typed_makes_no_tag_and_ends_no_style() {
    let harmless = html(&pack(named("harmless")), Paper::A4);
    for name in hostile() {
        let page = html(&pack(named(&name)), Paper::A4);
        assert_eq!(tags(&page), tags(&harmless), "{name:?}");
        assert_eq!(page.matches("</style>").count(), 1, "{name:?}");
        for sign in ['{', '}', ';', '@', '<'] {
            assert_eq!(style(&page).matches(sign).count(), style(&harmless).matches(sign).count(), "{sign} {name:?}");
        }
        assert!(!page.chars().any(|c| c.is_control() && c != '\n' || c == '\u{2028}'), "{name:?}");
    }
}

#[test]
fn what_people_typed_makes_no_sign_of_markdown() {
    // A line's first sign, and how many cells it has.
    let shape = |line: &str| {
        let bare = line.replace("\\|", "");
        (bare.split(' ').next().unwrap_or_default().to_owned(), bare.matches('|').count())
    };
    let signs = |text: &str| -> Vec<(String, usize)> {
        let is_sign = |(first, _): &(String, usize)| ["#", "##", "-", ">", "|", "---"].contains(&first.as_str());
        text.lines().map(shape).filter(is_sign).collect()
    };
    let harmless = signs(&markdown(&pack(named("harmless"))));
    for name in hostile() {
        let text = markdown(&pack(named(&name)));
        assert_eq!(signs(&text), harmless, "{name:?}\n{text}");
        let bare = text.replace("\\<", "").replace("\\]", "").replace("\\:", "").replace("\\@", "").replace("\\.", "");
        for sign in ["<", "](", "://", "@example", "www."] {
            assert!(!bare.contains(sign), "{sign} of {name:?} in\n{text}");
        }
    }
}

#[test]
fn typed_text_is_complete() {
    for name in hostile() {
        says_everything(&pack(named(&name)));
    }
}

#[test]
fn sixty_items_and_two_hundred_systems_are_all_there() {
    let mut parts = named("Long").to_parts();
    let system = |at: usize| System {
        id: format!("s{at:03}").as_str().into(),
        name: format!("System {at:03} of the data centre at the harbour"),
        hosts: 3,
        ..System::default()
    };
    parts.systems = (0..200).map(system).collect();
    let mut window = harbour::window();
    window.groups.clear();
    window.systems = parts.systems.iter().map(|system| system.id.clone()).collect();
    window.checklist = ChecklistChoice::Template("own".into());
    parts.windows = [window].into_iter().collect();
    let items =
        (0..60).map(|at| ChecklistItem::new(ChecklistBlock::During, format!("Item {at:02} of sixty"))).collect();
    parts.checklists = [ChecklistTemplate::new("own".into(), "Own", items)].into_iter().collect();
    let plan = Plan::from(parts);
    let document = pack(plan);
    says_everything(&document);
    for form in [seen(&html(&document, Paper::Letter)), markdown(&document), text(&document)] {
        let counts = ["System 199 of", "Item 59 of sixty"].map(|part| form.matches(part).count());
        assert!(counts[0] >= 2 && counts[1] == 1, "{counts:?}");
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let forms = |schedule: &Schedule| {
        let document = packs(schedule, 3);
        [html(&document, Paper::A4), markdown(&document), text(&document)]
    };
    assert_eq!(forms(&sample()), forms(&sample()));
}

#[test]
fn a_page_needs_nothing_from_elsewhere() {
    let mut all = others(&sample());
    all.push(packs(&sample(), 1));
    for document in all {
        let page = html(&document, Paper::A4);
        for part in ["http://", "https://", "src=", "url(", "<script", "@import"] {
            assert!(!page.contains(part), "{part} in {}", document.title);
        }
        assert!(page.contains("default-src 'none'"));
    }
}
