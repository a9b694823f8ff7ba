//! How often the sheets of a batch are printed.

use super::*;
use crate::export::paper::{Part, Title};

/// Sheets with these numbers of pages.
fn document(pages: &[usize]) -> Document {
    let sheet = |(number, pages): (usize, &usize)| {
        let page = |page: usize| {
            let text = Part::Text(format!("Sheet {number}, page {page}"));
            [Some(text), (page < *pages).then_some(Part::NewPage)].into_iter().flatten()
        };
        let title = Title { text: format!("Sheet {number}"), beside: String::new() };
        Sheet {
            name: format!("Sheet {number}"),
            chapter: None,
            language: None,
            fits_a_page: false,
            is_wide: false,
            parts: [Part::Title(title)].into_iter().chain((1..=*pages).flat_map(page)).collect(),
        }
    };
    Document {
        title: "Packs".to_owned(),
        language: "en".to_owned(),
        plan: "Bank".to_owned(),
        revision: "4f1c22a9".to_owned(),
        contents: Some("Contents".to_owned()),
        page_of: "Page {page} of {pages}".to_owned(),
        sheets: pages.iter().enumerate().map(sheet).collect(),
    }
}

/// The numbers of pages that the sheets are printed with at first, after two pages of contents.
fn guessed(document: &Document) -> Vec<usize> {
    let printed = print_all(document, Some(2), Paper::A4, &Progress::default()).unwrap();
    printed.iter().map(|(before, _)| before.unwrap()).collect()
}

#[test]
fn sheets_with_as_many_pages_as_the_first_are_printed_once() {
    assert_eq!(guessed(&document(&[1, 2, 1])), [2, 4, 6]);
    assert_eq!(guessed(&document(&[4, 3, 4])), [2, 6, 10]);
    assert_eq!(guessed(&document(&[6, 6, 5, 6])), [2, 8, 14, 20]);
}

#[test]
fn printing_again_counts_as_progress_and_can_be_cancelled() {
    let document = document(&[1, 4, 1]);
    let printed = || print_all(&document, Some(2), Paper::A4, &Progress::default()).unwrap();
    assert_eq!(printed().iter().map(|(before, _)| *before).collect::<Vec<_>>(), [Some(2), Some(4), Some(6)]);
    let progress = Progress::default();
    let right = with_right_numbers(&document, printed(), Some(2), Paper::A4, &progress).unwrap();
    assert_eq!(right.iter().map(Printout::pages).collect::<Vec<_>>(), [1, 4, 1]);
    assert_eq!(progress.share(), Some(0.75), "three sheets of four: the last one is printed again");
    progress.cancel();
    let stopped = with_right_numbers(&document, printed(), Some(2), Paper::A4, &progress);
    assert!(matches!(stopped, Err(PdfError::Stopped)));
}
