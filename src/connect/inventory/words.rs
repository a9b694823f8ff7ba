//! What words of inventories mean.

use crate::model::{Environment, Level, Stage, SystemClass};

/// "1 - most critical", "High", "Non-critical", "tier 2". 1 is the highest.
pub fn level(text: &str) -> Option<Level> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |begins: &[&str]| words.iter().any(|word| begins.iter().any(|begin| word.starts_with(begin)));
    let is = |choices: &[&str]| words.iter().any(|word| choices.contains(word));
    let digit = text.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
    let is_critical = words.iter().any(|word| word.contains("crit") || word.contains("krit"));
    let is_negated = is(&["not", "non", "no", "nicht", "kein", "keine"]);
    if is_critical && (is_negated || is(&["less", "least", "weniger"]) || has(&["noncrit", "uncrit", "unkrit"])) {
        return Some(Level::Low);
    }
    // "Not high" may be medium or low.
    if is_negated {
        return None;
    }
    if has(&["medium", "mittel", "moderate"]) || is_critical && is(&["somewhat", "fairly", "bedingt"]) {
        return Some(Level::Medium);
    }
    if is(&["most"]) || has(&["high", "hoch", "höchst"]) || is_critical && digit.is_none() {
        return Some(Level::High);
    }
    if has(&["low", "niedrig", "gering"]) {
        return Some(Level::Low);
    }
    match digit? {
        "0" | "1" => Some(Level::High),
        "2" => Some(Level::Medium),
        "3" | "4" | "5" => Some(Level::Low),
        _ => None,
    }
}

/// "Production", "prod", "pre-prod", "QA". None for words that say something else, such as "Training".
pub fn environment(text: &str) -> Option<Environment> {
    let word = text.trim().to_lowercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    if is(&["production", "prod", "prd", "produktion", "live", "p"]) {
        Some(Environment::Production)
    } else if is(&["uat", "staging", "stage", "preprod", "pre-prod", "pre-production", "abnahme", "q"]) {
        Some(Environment::Uat)
    } else if is(&["test", "qa", "testing", "t"]) {
        Some(Environment::Test)
    } else if is(&["development", "dev", "entwicklung", "d"]) {
        Some(Environment::Development)
    } else {
        None
    }
}

/// "Linux Server", `cmdb_ci_win_server`, "Switch". None for words that say something else.
pub fn class(text: &str) -> Option<SystemClass> {
    let word = text.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|each| word.contains(each));
    if has(&["firmware", "bios", "uefi"]) {
        Some(SystemClass::Firmware)
    } else if has(&["server", "virtual machine", "vm instance"]) {
        Some(SystemClass::Server)
    } else if has(&["desktop", "laptop", "workstation", "notebook", "computer", "macbook"]) {
        Some(SystemClass::Desktop)
    } else if has(&["netgear", "switch", "router", "firewall", "network"]) {
        Some(SystemClass::Network)
    } else if has(&["cloud", "saas", "paas", "iaas"]) {
        Some(SystemClass::Cloud)
    } else if has(&["application", "cmdb_ci_appl"]) {
        Some(SystemClass::Application)
    } else if has(&["appliance", "storage", "printer", "load balancer"]) {
        Some(SystemClass::Appliance)
    } else {
        None
    }
}

/// The environment that the name of a group of hosts tells: "test", "web-uat", "prod-eu2". None for "non-prod", and if it
/// tells several.
pub fn environment_of_group(group: &str) -> Option<Environment> {
    let words = group_words(group);
    // "Stage 2" counts stages, and says nothing about staging.
    let counts = group.contains(|c: char| c.is_ascii_digit());
    let told = words.iter().filter_map(|word| match word.as_str() {
        // A letter is a name, as in "site-d", where it is not the whole cell of an environment.
        word if word.chars().count() == 1 => None,
        "stage" if counts => None,
        "tests" | "tst" => Some(Environment::Test),
        "stg" => Some(Environment::Uat),
        word => environment(word),
    });
    let mut told: Vec<Environment> = told.collect();
    told.dedup();
    if let [one] = told[..] { Some(one) } else { None }
}

/// The stage that the name of a group tells; the rest if it tells none.
pub fn stage(group: &str) -> Stage {
    let words = group_words(group);
    let has = |choices: &[&str]| words.iter().any(|word| choices.contains(&word.as_str()));
    if has(&["pilot", "canary"]) {
        Stage::Pilot
    } else if has(&["uat", "staging", "stage", "preprod"]) {
        Stage::Uat
    } else if has(&["test", "tests", "qa", "dev"]) {
        Stage::Test
    } else if has(&["prod", "production", "live"]) {
        Stage::Production
    } else {
        Stage::Rest
    }
}

/// The words of the name of a group in lower case, without numbers at their ends. "pre-prod" is one word; what "non-prod"
/// denies is left out.
fn group_words(group: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = String::new();
    for word in group.split(|c: char| !c.is_alphanumeric()) {
        let word = word.to_lowercase().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        match before.as_str() {
            "pre" if matches!(word.as_str(), "prod" | "production") => words.push("preprod".to_owned()),
            "non" | "not" | "no" => {}
            _ if matches!(word.as_str(), "" | "nonprod" | "nonproduction") => {}
            _ => words.push(word.clone()),
        }
        before = word;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_as_programs_write_them() {
        for (text, expected) in [
            ("1 - most critical", Some(Level::High)),
            ("2 - somewhat critical", Some(Level::Medium)),
            ("3 - less critical", Some(Level::Low)),
            ("4 - not critical", Some(Level::Low)),
            ("Critical", Some(Level::High)),
            ("Mission-critical", Some(Level::High)),
            ("geschäftskritisch", Some(Level::High)),
            ("Not critical", Some(Level::Low)),
            ("Non-critical", Some(Level::Low)),
            ("noncritical", Some(Level::Low)),
            ("Less critical", Some(Level::Low)),
            ("unkritisch", Some(Level::Low)),
            ("Somewhat critical", Some(Level::Medium)),
            ("sehr hoch", Some(Level::High)),
            ("Below average", None),
            ("Not high", None),
            ("P2", Some(Level::Medium)),
            ("medium", Some(Level::Medium)),
            ("Tier 1", Some(Level::High)),
            ("unknown", None),
            ("", None),
        ] {
            assert_eq!(level(text), expected, "{text}");
        }
    }

    #[test]
    fn classes_are_read_as_inventories_write_them() {
        for (text, expected) in [
            ("Linux Server", Some(SystemClass::Server)),
            ("Server firmware", Some(SystemClass::Firmware)),
            ("Windows Laptop", Some(SystemClass::Desktop)),
            ("cmdb_ci_netgear", Some(SystemClass::Network)),
            ("cmdb_ci_cloud_load_balancer", Some(SystemClass::Cloud)),
            ("Cloud Service Account", Some(SystemClass::Cloud)),
            ("SaaS application", Some(SystemClass::Cloud)),
            ("Cloud server", Some(SystemClass::Server)),
            ("Business application", Some(SystemClass::Application)),
            ("Storage", Some(SystemClass::Appliance)),
            ("Building", None),
        ] {
            assert_eq!(class(text), expected, "{text}");
        }
    }

    #[test]
    fn names_tell_environments_and_stages() {
        assert_eq!(
            ["Prod", "QA", "Training"].map(environment),
            [Some(Environment::Production), Some(Environment::Test), None]
        );
        let stages = ["web_pilot", "prod-eu", "webservers", "contest", "pre-prod", "non-prod", "test2"].map(stage);
        let expected =
            [Stage::Pilot, Stage::Production, Stage::Rest, Stage::Rest, Stage::Uat, Stage::Rest, Stage::Test];
        assert_eq!(stages, expected);
    }

    #[test]
    fn names_of_groups_tell_environments_only_if_they_tell_one() {
        for (group, expected) in [
            ("test", Some(Environment::Test)),
            ("Test2", Some(Environment::Test)),
            ("web_uat", Some(Environment::Uat)),
            ("staging", Some(Environment::Uat)),
            ("web-stg-01", Some(Environment::Uat)),
            ("Pre-Prod", Some(Environment::Uat)),
            ("preprod", Some(Environment::Uat)),
            ("dev", Some(Environment::Development)),
            ("prod-eu2", Some(Environment::Production)),
            ("db_production", Some(Environment::Production)),
            ("non-prod", None),
            ("nonprod", None),
            ("stage 2", None),
            ("stage2", None),
            ("site-d", None),
            ("dev_test", None),
            ("contest", None),
            ("latest", None),
            ("pilot", None),
            ("webservers", None),
            ("", None),
        ] {
            assert_eq!(environment_of_group(group), expected, "{group}");
        }
    }
}
