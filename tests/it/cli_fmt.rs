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
