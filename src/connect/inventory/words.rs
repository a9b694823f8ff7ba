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

/// The stage that the name of a group tells; the rest if it tells none.
pub fn stage(group: &str) -> Stage {
    let words: Vec<String> =
        group.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|word| !word.is_empty()).collect();
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
        let stages = ["web_pilot", "prod-eu", "webservers", "contest"].map(stage);
        assert_eq!(stages, [Stage::Pilot, Stage::Production, Stage::Rest, Stage::Rest]);
    }
}
