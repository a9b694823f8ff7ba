//! What gives way in a narrow window, as it is with large text.

use windowsill::model::NightKey;
use windowsill::session::{Action, Destination, LedgerPage, View};

use crate::common::{harbour, owners};
use crate::driver::Screen;

/// 1280 × 800 points at 200 %.
fn narrow(view: View) -> Screen {
    let mut screen = Screen::new(owners::plan(), view);
    screen.resize(640.0, 400.0);
    screen.wait(0.5);
    screen
}

#[test]
fn panels_that_explain_are_folded_and_a_button_shows_them() {
    for (view, part) in [
        (View::Findings, "Why it matters"),
        (View::Cycles, "Can deadlines be met?"),
        (View::Ledger(LedgerPage::Answers), "A cell shows its most urgent state"),
    ] {
        let mut screen = narrow(view);
        assert!(!screen.says(part), "{view:?}");
        screen.click("Show the panel");
        assert!(screen.says(part), "{view:?}");
        screen.click("Hide the panel");
        assert!(!screen.says(part), "{view:?}");
        screen.resize(1280.0, 800.0);
        screen.wait(0.5);
        assert!(screen.says(part), "{view:?}");
        screen.absent("Show the panel");
    }
}

#[test]
fn sentences_of_findings_have_two_lines() {
    let wide = Screen::new(owners::plan(), View::Findings);
    let narrow = narrow(View::Findings);
    let height = |screen: &Screen| {
        let code = screen.session(|session| session.findings().list[0].rule.code);
        screen.rect_of_first(&format!("{code}, ")).unwrap().height()
    };
    assert!(height(&narrow) > height(&wide) + 10.0);
}

#[test]
fn nothing_of_the_head_of_a_view_is_over_something_else() {
    let mut screen = Screen::new(harbour::plan(), View::Night);
    let key = NightKey { window: "core-db".into(), on: "2027-03-20".parse().unwrap() };
    screen.perform(Action::Reveal(Destination::Night(key)));
    screen.resize(640.0, 400.0);
    screen.wait(0.5);
    let [name, hint] = ["Your name", "Enter your name to tick"].map(|part| screen.rect_of_part(part));
    let phase = screen.rect_of_part("Not begun");
    assert!(!phase.intersects(hint) && !phase.intersects(name), "{phase:?} {hint:?} {name:?}");
    let mut screen = Screen::new(harbour::plan(), View::Groups);
    screen.resize(640.0, 400.0);
    screen.wait(0.5);
    let filter = screen.field_rect("Filter systems");
    assert!(filter.width() > 150.0 && !filter.intersects(screen.rect_of_part("Add group")), "{filter:?}");
}
