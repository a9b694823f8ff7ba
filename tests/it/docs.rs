//! Pages that the program writes: compared with the files, and written anew where `WINDOWSILL_BLESS=1` is set.

use std::path::Path;

use windowsill::checks;

#[track_caller]
fn is_up_to_date(file: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("WINDOWSILL_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    let line = found.lines().zip(page.lines()).take_while(|(found, page)| found == page).count() + 1;
    assert!(
        found == page,
        "{file} is not what the program writes any more, from line {line} on.\n\
         Run: WINDOWSILL_BLESS=1 cargo test --test it docs"
    );
}

#[test]
fn the_page_of_checks_is_what_the_program_writes() {
    is_up_to_date("docs/checks.md", &checks::docs::page());
}

#[test]
fn each_rule_is_explained() {
    for rule in checks::RULES {
        let text = checks::docs::explain(rule);
        assert!(text.starts_with(&format!("{} {}", rule.code, rule.name)) && text.contains("What to do"), "{text}");
    }
}

#[test]
fn the_page_of_keys_is_what_the_program_writes() {
    is_up_to_date("docs/keyboard.md", &windowsill::session::keyboard_page());
}
