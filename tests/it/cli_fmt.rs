//! Formatting plans, and what shells and manuals get.

use crate::support::desk::Desk;

#[test]
fn formatting_twice_changes_nothing_and_the_plan_stays_the_same() {
    let desk = Desk::new();
    let formatted = desk.read("plan.ron");
    assert!(desk.run("fmt plan.ron --check").fine().contains("Nothing to change in 1 plan"));
    let ragged = formatted.replace('\n', "\r\n").replace("    ", "\t").replace("horizon:", "horizon :");
    desk.write("plan.ron", &ragged);
    let ran = desk.run("fmt plan.ron --check");
    assert_eq!((ran.code, ran.out.as_str()), (1, "Not formatted: plan.ron\n"));
    assert_eq!(desk.read("plan.ron"), ragged, "a check changes nothing");
    desk.run("fmt plan.ron").fine();
    assert_eq!(desk.read("plan.ron"), formatted);
    desk.run("fmt plan.ron --check").fine();
}

#[test]
fn comments_are_not_lost_unless_that_is_asked_for() {
    let desk = Desk::new();
    let formatted = desk.read("plan.ron");
    let commented = formatted.replacen("    horizon:", "    // agreed with Ann\n    horizon:", 1);
    assert_ne!(commented, formatted);
    desk.write("plan.ron", &commented);
    let line = commented.lines().position(|line| line.contains("agreed with Ann")).unwrap() + 1;
    desk.run("fmt plan.ron").fails_saying(&format!("plan.ron:{line}: formatting would lose this comment"));
    assert_eq!(desk.read("plan.ron"), commented);
    desk.run("fmt plan.ron --drop-comments").fine();
    assert_eq!(desk.read("plan.ron"), formatted);
    desk.write("broken.ron", "(format: 4,");
    desk.run("fmt broken.ron").fails_saying("broken.ron:");
}

#[test]
fn a_plan_that_cannot_be_formatted_is_named_with_its_line_and_the_others_are_formatted() {
    let desk = Desk::new();
    let formatted = desk.read("plan.ron");
    let ragged = formatted.replace("    ", "\t");
    let raw = ragged.replacen("horizon:", "notes_x: r#\"say \"// no\"#,\n\thorizon:", 1);
    let commented = ragged.replacen("\thorizon:", "\t// agreed\n\thorizon:", 1);
    let line = |text: &str, part: &str| text.lines().position(|line| line.contains(part)).unwrap() + 1;
    let comment = format!("a.ron:{}: formatting would lose this comment", line(&commented, "agreed"));
    let unknown = format!("a.ron:{}:2: ignored unknown field notes_x\n", line(&raw, "notes_x"));
    let short = ragged.replacen("months: 12", "months: twelve", 1);
    let position = format!("a.ron:{}:", line(&short, "twelve"));
    for (first, message) in [
        (commented, comment.as_str()),
        (raw.clone(), &unknown),
        ("(format: 4,".to_owned(), "a.ron:1:"),
        (short, &position),
    ] {
        desk.write("plan.ron", &ragged);
        desk.write("a.ron", &first);
        desk.write("z.ron", &ragged);
        let ran = desk.run("fmt a.ron missing.ron plan.ron z.ron --check");
        let is_broken = message == "a.ron:1:" || message == position;
        let named = if is_broken {
            "Not formatted: plan.ron and z.ron\n"
        } else {
            "Not formatted: a.ron, plan.ron and z.ron\n"
        };
        assert_eq!((ran.code, ran.out.as_str()), (2, named), "{}", ran.err);
        assert!(ran.err.contains("missing.ron: no such file") && ran.err.contains(message) == is_broken, "{}", ran.err);
        let ran = desk.run("fmt a.ron missing.ron plan.ron z.ron");
        assert_eq!((ran.code, ran.out.as_str()), (2, "Formatted plan.ron and z.ron\n"), "{}", ran.err);
        assert!(ran.err.contains("missing.ron: no such file") && ran.err.contains(message), "{message}: {}", ran.err);
        assert_eq!((desk.read("plan.ron"), desk.read("z.ron")), (formatted.clone(), formatted.clone()));
        assert_eq!(desk.read("a.ron"), first);
        assert_eq!((desk.run("fmt missing.ron").out.as_str(), desk.run("fmt plan.ron missing.ron").code), ("", 2));
    }
    desk.write("plan.ron", &ragged);
    desk.write("a.ron", &raw);
    let ran = desk.run("fmt plan.ron a.ron plan.ron --drop-unknown");
    assert_eq!((ran.code, ran.out.as_str()), (0, "Formatted a.ron and plan.ron\n"), "{}", ran.err);
    assert!(ran.err.contains(&unknown), "{}", ran.err);
    assert_eq!((desk.read("plan.ron"), desk.read("a.ron")), (formatted.clone(), formatted));
}

#[test]
fn shells_complete_all_commands_and_the_manual_has_a_page_for_each() {
    let desk = Desk::new();
    for (shell, part) in [("bash", "_windowsill()"), ("zsh", "#compdef windowsill"), ("fish", "complete -c windowsill")]
    {
        let text = desk.run(&format!("completions {shell}")).fine();
        assert!(text.contains(part) && text.contains("activity"), "{shell}");
    }
    assert!(desk.run("man").fine().contains(".TH windowsill"));
    let page = desk.run("man import windows").fine();
    assert!(page.contains("windowsill\\-import\\-windows") && page.contains("dry\\-run"), "{page}");
    desk.run("man nothing").fails_saying("unknown command");
}
