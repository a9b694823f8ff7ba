//! The PDF: all texts of the document, in any script, inside the page, and always the same bytes.

use std::sync::Arc;

use serde_json::Value;
use windowsill::checks::Findings;
use windowsill::compliance::ComplianceOptions;
use windowsill::export::paper::{CheckItem, Checks, Document, Paper, Part, PdfError, Title, pdf};
use windowsill::export::{cab, checklist, compliance, year};
use windowsill::model::{Horizon, LocalMinute, MaintenanceWindow, MonthDay, Plan, PlanParts, Rule};
use windowsill::schedule::Schedule;
use windowsill::store::parse;

use crate::support::papers::packs;
use crate::support::poppler::{Pdf, are_readers_here, squeezed};
use windowsill::progress::Progress;

fn printed(document: &Document, paper: Paper) -> Vec<u8> {
    pdf(document, paper, &Progress::default()).unwrap()
}

/// Every text of a document: all strings but the names of parts and kinds, the languages, and what is filled in.
fn texts(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|each| texts(each, into)),
        Value::Object(fields) => {
            let is_said = |key: &str| !matches!(key, "part" | "kind" | "language" | "page_of");
            fields.iter().filter(|(key, _)| is_said(key)).for_each(|(_, each)| texts(each, into));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn sample() -> Schedule {
    Schedule::derive(&Arc::new(parse(include_str!("../../assets/sample.ron")).unwrap().plan), None)
}

#[track_caller]
fn says_everything(document: &Document, paper: Paper) {
    let read = Pdf::new(&printed(document, paper)).text();
    let mut all = Vec::new();
    // The title is the file's, not a page's, chapters stand in the contents alone, and a long name of the plan is cut.
    let mut document = Document { title: String::new(), plan: String::new(), ..document.clone() };
    // A foot may cut the name of a sheet, too; heads have it whole.
    document.sheets.iter_mut().for_each(|sheet| sheet.name = String::new());
    if document.contents.is_none() {
        document.sheets.iter_mut().for_each(|sheet| sheet.chapter = None);
    }
    texts(&serde_json::to_value(document).unwrap(), &mut all);
    assert!(all.len() > 20, "a document says something");
    for text in all {
        assert!(read.contains(&squeezed(&text)), "{text:?} is not in the PDF");
    }
}

#[test]
fn every_text_of_a_document_is_in_its_pdf() {
    if !are_readers_here() {
        return;
    }
    for said in [
        "Zahlungsverkehr Größe übermäßig",
        "決済システム本番",
        "支付系统",
        "결제",
        "Ελληνικά Кириллица",
        "a.b-c_d/e\\f{g}[h]^~`",
    ] {
        says_everything(&packs(1, 12, said), Paper::A4);
    }
    says_everything(&packs(3, 2, "Letter"), Paper::Letter);
}

#[test]
fn every_text_of_the_samples_packs_years_and_board_sheet_is_in_its_pdf() {
    if !are_readers_here() {
        return;
    }
    let schedule = sample();
    let today = "2027-02-22".parse().unwrap();
    let occurrences = schedule.in_order(false).into_iter().skip(20).take(25);
    let occurrences = occurrences.map(|(window, occurrence)| (window.id().clone(), occurrence.original_on()));
    let batch =
        checklist::document(&schedule, &occurrences.collect::<Vec<_>>(), "4f1c22a9", &Progress::default()).unwrap();
    assert_eq!(batch.document.sheets.len(), 25);
    let years = schedule.plan.areas().iter().map(|area| year::document(&schedule, &area.id, today, "4f1c22a9"));
    let findings = Findings::check(&schedule, today, None);
    let board = cab::document(&schedule, &findings, None, today, 8, "4f1c22a9");
    let at = schedule.zone.resolve(LocalMinute::midnight("2027-04-02".parse().unwrap())).at;
    let options = ComplianceOptions { at, from: None, count_hosts: false };
    let audit = compliance::document(&schedule, &options, "4f1c22a9");
    for document in years.chain([board, audit, batch.document]) {
        says_everything(&document, Paper::A4);
    }
}

#[test]
fn an_owners_year_is_one_page_also_of_an_area_with_many_windows() {
    if !are_readers_here() {
        return;
    }
    let schedule = sample();
    for area in schedule.plan.areas() {
        let document = year::document(&schedule, &area.id, "2026-11-21".parse().unwrap(), "4f1c22a9");
        for paper in [Paper::A4, Paper::Letter] {
            let info = Pdf::new(&printed(&document, paper)).info();
            assert!(
                info.lines().any(|line| line.starts_with("Pages:") && line.ends_with(" 1")),
                "{}: {info}",
                area.name
            );
        }
    }
}

#[test]
fn feet_are_one_line_and_have_the_pages_that_the_contents_name() {
    if !are_readers_here() {
        return;
    }
    let mut document = packs(3, 12, "Core");
    document.plan = "Harbour Trust and all of its subsidiaries in the northern regions ".repeat(4);
    // Sheets of other lengths than most.
    let more = document.sheets[0].parts.clone();
    document.sheets[1].parts.extend(more);
    document.sheets[2].parts.truncate(1);
    let words = Pdf::new(&printed(&document, Paper::A4)).words();
    let foot = |page: usize| {
        let words: Vec<_> = words.iter().filter(|word| word.number == page && word.top > word.page.1 - 48.0).collect();
        assert!(words.iter().all(|word| (word.top - words[0].top).abs() < 2.0 && word.right < word.page.0), "{page}");
        words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    let named = |page: usize| words.iter().filter(move |word| word.number == page).map(|word| word.text.clone());
    let contents: Vec<usize> = named(1).filter_map(|word| word.trim_start_matches('.').parse().ok()).collect();
    let pages: Vec<usize> = contents.into_iter().filter(|page| *page > 1).collect();
    let last = words.iter().map(|word| word.number).max().unwrap();
    for page in 3..=last {
        let foot = foot(page);
        if !foot.is_empty() {
            assert!(foot.contains(&format!(" {page} · Page ")) && foot.contains('…'), "{foot}");
            assert!(foot.contains(&document.revision), "{foot}");
        }
    }
    let first: Vec<usize> = (3..=last).filter(|page| foot(*page).contains("Page 1 of")).collect();
    assert_eq!(first.len(), document.sheets.len());
    assert!(first.iter().all(|page| pages.contains(page)), "{first:?} and {pages:?}");
    // A sheet alone counts its own pages.
    let alone = Document { contents: None, sheets: vec![document.sheets[0].clone()], ..document };
    let read = Pdf::new(&printed(&alone, Paper::A4)).text();
    assert!(read.contains("Page1of") && !read.contains("·Page"), "{read}");
}

#[test]
fn a_year_of_sixty_windows_is_landscape_with_a_column_for_each_month() {
    if !are_readers_here() {
        return;
    }
    let mut parts = sample().plan.to_parts();
    let area = parts.areas.iter().next().unwrap().id.clone();
    let of_area = parts.systems.iter().find(|system| system.area.as_ref() == Some(&area)).unwrap().id.clone();
    let second_saturday = Rule::Monthly { on: MonthDay::Nth(2, chrono::Weekday::Sat), every: 1, offset_days: 0 };
    let window = |number: usize| MaintenanceWindow {
        systems: vec![of_area.clone()],
        impact: "Orders are queued for an hour".to_owned(),
        ..MaintenanceWindow::new(
            format!("w-{number}").as_str().into(),
            &format!("Order service of region {number}"),
            second_saturday.clone(),
        )
    };
    parts.windows = (0..60).map(window).collect();
    let schedule = Schedule::derive(&Arc::new(parts.into()), None);
    let document = year::document(&schedule, &area, "2026-11-21".parse().unwrap(), "4f1c22a9");
    let table = document.sheets[0].parts.iter().find_map(|part| match part {
        Part::Table(table) => Some(table),
        _ => None,
    });
    let table = table.unwrap();
    let heads: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!((heads.len(), &heads[..4], heads[14]), (15, &["Window", "Time", "Jan", "Feb"][..], "Answer"));
    assert_eq!((table.rows.len(), table.rows[0][2].as_str()), (60, "9"));
    let file = Pdf::new(&printed(&document, Paper::A4));
    let info = file.info();
    let pages: usize = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse().unwrap();
    assert!(pages <= 8 && info.contains("841.89 x 595.276"), "{info}");
    let words = file.words();
    let names = words.iter().filter(|word| word.text == "Order").count();
    let later = Horizon { from: "2027-07-15".parse().unwrap(), months: 12 };
    let plan = Plan::from(PlanParts { horizon: later, ..schedule.plan.to_parts() });
    let later = Schedule::derive(&Arc::new(plan), None);
    let document = year::document(&later, &area, "2026-11-21".parse().unwrap(), "4f1c22a9");
    let heads: Vec<&str> = document.sheets[0]
        .parts
        .iter()
        .filter_map(|part| if let Part::Table(table) = part { Some(&table.columns) } else { None })
        .flat_map(|columns| columns.iter().map(|column| column.name.as_str()))
        .collect();
    assert_eq!((heads.len(), heads[2], heads[14]), (16, "Jul 2027", "Jul 2028"));
    assert!(names >= 60 && words.iter().all(|word| word.right <= word.page.0 && word.bottom - word.top > 8.0));
}

/// Poppler gives the letters of such a name in the order in which they are read, or mirrored where a line is broken: what
/// counts is that each of them is there, and from one of our fonts.
#[test]
fn names_that_run_from_right_to_left_are_there_letter_by_letter() {
    if !are_readers_here() {
        return;
    }
    for said in ["תשלומים", "مدفوعات"] {
        let document = packs(1, 2, said);
        let file = Pdf::new(&printed(&document, Paper::A4));
        assert!(file.info().contains("Tagged:          yes"), "{}", file.info());
        let read = file.text();
        let backwards: String = said.chars().rev().collect();
        assert!(read.contains(said) || read.contains(&backwards), "{said} is not in the PDF");
    }
}

#[test]
fn two_hundred_systems_and_names_without_end_stay_on_the_page() {
    if !are_readers_here() {
        return;
    }
    let long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverwaltungsdatenbankserver".repeat(2);
    for (systems, said) in [(200, "x"), (3, long.as_str()), (0, "")] {
        for paper in [Paper::A4, Paper::Letter] {
            let file = Pdf::new(&printed(&packs(1, systems, said), paper));
            let words = file.words();
            assert!(words.len() > 50);
            for word in words {
                let (width, height) = word.page;
                let is_on_page = word.left >= 0.0 && word.right <= width && word.top >= 0.0 && word.bottom <= height;
                assert!(is_on_page, "{} from {} to {} of {width}", word.text, word.left, word.right);
            }
        }
    }
    let words = Pdf::new(&printed(&packs(1, 200, "x"), Paper::A4)).words();
    assert_eq!(words.iter().filter(|word| word.text == "System").count(), 5, "heads are repeated on each page");
}

#[test]
fn sixty_items_with_times_and_owners_are_all_there_below_heads_that_are_repeated() {
    if !are_readers_here() {
        return;
    }
    let mut document = packs(1, 200, "Größe 決済");
    let item = |number: usize| CheckItem {
        text: format!("Item {number} of sixty: Übergabe 確認, and what else there is to be said about it on two lines"),
        at: format!("22:{number:02}"),
        owner: format!("Owner {number}"),
        done: None,
    };
    let title = Title { text: "Sixty".to_owned(), beside: "22:00".to_owned() };
    let items = (0..60).map(item).collect();
    let checks = Checks { title, who: "by whom".to_owned(), when: "at".to_owned(), items };
    document.sheets[0].parts.push(Part::Checks(checks));
    says_everything(&document, Paper::A4);
    let words = Pdf::new(&printed(&document, Paper::A4)).words();
    assert!(words.iter().all(|word| word.bottom <= word.page.1 && word.right <= word.page.0));
    assert!(words.iter().filter(|word| word.text == "Sixty").count() >= 2, "the head is repeated");
}

#[test]
fn what_people_write_is_text_and_never_a_program() {
    if !are_readers_here() {
        return;
    }
    for said in [
        "#panic(\"run\")",
        "*bold* _it_ `raw` $x^2$ <label> @ref = Head",
        "https://evil.example/path",
        "\"}; #import \"x.typ\"",
        "/* comment */ // line",
        "[link](https://evil.example) <script>alert(1)</script>",
        "\\u{41} \\",
    ] {
        let document = packs(1, 2, said);
        says_everything(&document, Paper::A4);
        let file = Pdf::new(&printed(&document, Paper::A4));
        assert_eq!(file.addresses(), [] as [&str; 0], "{said} makes no link");
    }
}

#[test]
fn the_pdf_is_well_formed_tagged_accessible_and_small() {
    if !are_readers_here() {
        return;
    }
    let bytes = printed(&packs(1, 12, "Core"), Paper::A4);
    assert!(bytes.len() < 150_000, "{} bytes", bytes.len());
    let file = Pdf::new(&bytes);
    file.check();
    let info = file.info();
    assert!(info.contains("Tagged:          yes"), "{info}");
    let says_so = b"pdfuaid:part";
    assert!(bytes.windows(says_so.len()).any(|part| part == says_so), "it says that it is accessible (PDF/UA-1)");
    assert!(!info.contains("CreationDate"), "{info}");
}

#[test]
fn a_batch_has_contents_and_bookmarks_and_counts_pages_pack_by_pack() {
    if !are_readers_here() {
        return;
    }
    let document = packs(21, 2, "Core");
    let file = Pdf::new(&printed(&document, Paper::A4));
    file.check();
    let expected = document.sheets.iter().enumerate().flat_map(|(index, sheet)| {
        let chapter = sheet.chapter.clone().unwrap();
        let is_new = index == 0 || document.sheets[index - 1].chapter != sheet.chapter;
        is_new.then(|| format!("1 {chapter}")).into_iter().chain([format!("2 {}", sheet.name)])
    });
    assert_eq!(file.bookmarks(), expected.collect::<Vec<_>>());
    let read = file.text();
    assert!(read.contains("Contents"));
    assert_eq!(file.addresses(), [] as [&str; 0], "its links lead to its own pages");
    assert!(read.matches("Page1of").count() >= 21 && !read.contains("Page20of"));
}

#[test]
fn the_same_document_gives_the_same_bytes_after_any_other_print() {
    let document = packs(2, 5, "Core 日本");
    let first = printed(&document, Paper::A4);
    let other = printed(&packs(1, 3, "Other"), Paper::Letter);
    assert_ne!(first, other);
    assert_eq!(first, printed(&document, Paper::A4));
}

#[test]
fn printing_reports_its_progress_and_can_be_cancelled() {
    let progress = Progress::default();
    assert!(pdf(&packs(3, 1, "x"), Paper::A4, &progress).is_ok());
    assert_eq!(progress.share(), Some(1.0));
    progress.cancel();
    assert_eq!(pdf(&packs(3, 1, "x"), Paper::A4, &progress), Err(PdfError::Stopped));
}
