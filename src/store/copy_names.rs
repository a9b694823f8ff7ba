//! The names that sync tools give to conflicted copies.

/// Words of which each marks a conflicted copy, in the languages of the tools, in lower case.
const CONFLICT: &[&str] = &["conflict", "konflikt", "conflit", "conflict\u{f3}", "conflitto", "競合", "冲突", "충돌"];

/// How the names of computers begin on which Windows was set up without choosing one.
const COMPUTERS: &[&str] = &["DESKTOP-", "LAPTOP-", "WIN-"];

/// Whether a sync tool would call a conflicted copy of the file `plan` like `copy`. `host` is the name of this machine.
pub(super) fn is_copy_name(plan: &str, copy: &str, host: &str) -> bool {
    let (stem, ending) = plan.rsplit_once('.').unwrap_or((plan, ""));
    let middle = copy.strip_prefix(stem).and_then(|rest| match ending {
        "" => Some(rest),
        ending => rest.strip_suffix(ending)?.strip_suffix('.'),
    });
    middle.is_some_and(|middle| is_mark(middle, host))
}

/// Whether the part between the plan's name and its ending marks a conflicted copy.
fn is_mark(middle: &str, host: &str) -> bool {
    let Some(rest) = middle.strip_prefix([' ', '(', '[', '.', '_', '-']) else { return false };
    let lower = middle.to_lowercase();
    // Dropbox, Nextcloud, ownCloud, Syncthing, Seafile, Resilio, Synology, Google Drive and most others.
    if CONFLICT.iter().any(|word| lower.contains(word)) {
        return true;
    }
    match (middle.chars().next(), rest) {
        // Google Drive: "plan (1)"; Box: "plan (anna@example.com)"; iCloud: "plan 2".
        (Some(' '), rest) => {
            let inside = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
            inside.map_or(is_number(rest), |inside| is_number(inside) || inside.contains('@'))
        }
        // OneDrive: "plan-DESKTOP-4F2K9Q1", and "plan-DESKTOP-4F2K9Q1-2" for the second.
        (Some('-'), rest) => is_computer(rest, host),
        _ => false,
    }
}

/// A number as copies have it: of at most two digits, since 2027 is a year.
fn is_number(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The name of this machine, or one that Windows has chosen, maybe with a number.
fn is_computer(text: &str, host: &str) -> bool {
    let numbered = text.rsplit_once('-').filter(|(_, number)| is_number(number)).map(|(name, _)| name);
    let is_name = |name: &str| {
        let chosen = COMPUTERS.iter().find_map(|start| name.strip_prefix(start));
        let is_host = !host.is_empty() && name.eq_ignore_ascii_case(host);
        is_host || chosen.is_some_and(|rest| rest.len() >= 5 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    is_name(text) || numbered.is_some_and(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_all_sync_tools_are_known() {
        for (tool, copy) in [
            ("Dropbox", "plan (Anna's conflicted copy 2026-11-29).ron"),
            ("Dropbox", "plan (desk-7's conflicted copy 2026-11-29 (1)).ron"),
            ("Dropbox in German", "plan (In Konflikt stehende Kopie von Anna 2026-11-29).ron"),
            ("Dropbox in French", "plan (Copie en conflit de Anna 2026-11-29).ron"),
            ("Dropbox, two files at once", "plan (Selective Sync Conflict).ron"),
            ("OneDrive", "plan-DESKTOP-4F2K9Q1.ron"),
            ("OneDrive, the second", "plan-LAPTOP-ABC12345-2.ron"),
            ("OneDrive on this machine", "plan-desk-7.ron"),
            ("OneDrive on this machine, the second", "plan-Desk-7-3.ron"),
            ("Nextcloud", "plan (conflicted copy 2026-11-29 140301).ron"),
            ("Nextcloud with the user", "plan (conflicted copy anna 2026-11-29 140301).ron"),
            ("ownCloud", "plan_conflict-20261129-140301.ron"),
            ("Syncthing", "plan.sync-conflict-20261129-140301-ABCDEFG.ron"),
            ("Google Drive", "plan (1).ron"),
            ("Google Drive", "plan_conf(1) (conflict).ron"),
            ("Google Drive", "plan [Conflict].ron"),
            ("Seafile", "plan (SFConflict anna@example.com 2026-11-29-14-03-01).ron"),
            ("iCloud", "plan 2.ron"),
            ("iCloud", "plan (Anna\u{2019}s conflicted copy 2026-11-29).ron"),
            ("Resilio", "plan.Conflict.ron"),
            ("Resilio, the second", "plan.Conflict1.ron"),
            ("Synology", "plan_Anna-PC_Nov-29-140301-2026_Conflict.ron"),
            ("Synology", "plan_desk-7_Nov-29-1403-2026_CaseConflict_1.ron"),
            ("Box", "plan (anna@example.com).ron"),
            ("Box", "plan (anna@example.com conflicted 2026-11-29).ron"),
            ("pCloud", "plan [conflicted].ron"),
        ] {
            assert!(is_copy_name("plan.ron", copy, "desk-7"), "{tool}: {copy}");
            let named = |name: &str| name.replace(".ron", ".windowsill");
            assert!(is_copy_name("plan.windowsill", &named(copy), "desk-7"), "{tool}: {copy}");
            assert!(!is_copy_name("plan.windowsill", copy, "desk-7"), "of another plan");
        }
    }

    #[test]
    fn other_files_are_not_copies() {
        for other in [
            "plan.ron",
            "plan-b.ron",
            "plan-2027.ron",
            "plan-old.ron",
            "plan-FINAL.ron",
            "plan 2027.ron",
            "plan (2027).ron",
            "plan (draft).ron",
            "plan2.ron",
            "planconflict.ron",
            "Plan (1).ron",
            "plan (1).ics",
            "plan (1).ron.bak",
            ".plan.ron.lock",
            "plan-DESKTOP-.ron",
            "plan-DESKTOP-old version.ron",
        ] {
            assert!(!is_copy_name("plan.ron", other, "desk-7"), "{other}");
        }
        assert!(!is_copy_name("plan.ron", "plan-.ron", ""));
        assert!(is_copy_name("2027.v2.ron", "2027.v2 (1).ron", "") && is_copy_name("plan", "plan (1)", ""));
    }
}
