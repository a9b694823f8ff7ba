//! Texts that are not tables although their lines have colons, commas and bars: YAML, scripts, configurations and lists of
//! fields.

use super::mail_parts::looks_like_mail;

/// How many lines are looked at.
const FIRST_LINES: usize = 60;

const YAML: &str = "This is YAML, or a text with a field in each line, and not a table: import a table, or what the \
                    program itself exports for its systems, windows or findings";
const MAIL: &str =
    "This is an e-mail: import the notice or the reply that it is, or save its attachment, and import that";
const SCRIPT: &str = "This is a script, not a table: run it where it belongs, and import the file that it writes";
const CONFIGURATION: &str = "This is a configuration of Terraform that has none of the resources that are read";

/// The verbs of commands in `PowerShell`.
const VERBS: [&str; 14] = [
    "Get", "Set", "New", "Add", "Remove", "Import", "Export", "Write", "Invoke", "Start", "Stop", "Select", "Approve",
    "Join",
];
/// How other statements begin.
const OPENINGS: [&str; 8] = ["@{", "param(", "param (", "function ", "foreach (", "@echo off", "set -e", "def "];

/// What a text is, and what to do with it. None if it may be a table.
pub(super) fn prose_or_code(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}');
    if looks_like_mail(text) {
        Some(MAIL)
    } else if text.trim_start().starts_with("#!") || is_script(text) {
        Some(SCRIPT)
    } else if is_terraform(text) {
        Some(CONFIGURATION)
    } else {
        is_yaml(text).then_some(YAML)
    }
}

/// The first lines that are neither blank nor comments.
fn first_lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    lines.take(FIRST_LINES)
}

/// Whether most lines are keys, elements or the texts that belong to them, as YAML has them.
fn is_yaml(text: &str) -> bool {
    let mut first = text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let begin = first.next().unwrap_or_default();
    let is_marked = begin == "---" || begin.starts_with("--- ") || begin.starts_with('%');
    let lines: Vec<&str> = first_lines(text).filter(|line| !line.starts_with("---")).collect();
    let colons = |line: &str| line.matches(':').count();
    // A table may have a colon between its cells: then each line has as many of them.
    let is_table = lines.len() > 1 && colons(lines[0]) > 1 && lines.iter().all(|line| colons(line) == colons(lines[0]));
    let keys = lines.iter().filter(|line| is_key(line)).count();
    let others = || lines.iter().filter(|line| !is_key(line) && !is_part_of_yaml(line));
    let has_rows = others().any(|line| line.contains([';', '\t']) || line.matches(',').count() > 1);
    let is_mostly_yaml = keys > 0 && others().count() * 3 <= lines.len() && !has_rows;
    (is_marked || lines.len() > 1) && is_mostly_yaml && !is_table
}

/// "name: web", "- name: web", "tasks:" and `"a b": c`, at any depth.
fn is_key(line: &str) -> bool {
    if line.contains('\t') {
        return false;
    }
    let mut rest = line.trim();
    while let Some(element) = rest.strip_prefix("- ") {
        rest = element.trim_start();
    }
    let Some((key, value)) = rest.split_once(':') else { return false };
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ' ' | '"' | '\'');
    let is_value = value.is_empty() || value.starts_with(' ');
    !key.is_empty() && key.len() <= 80 && key.chars().all(is_word) && is_value
}

/// An element of a list, or the continued text of the key above.
fn is_part_of_yaml(line: &str) -> bool {
    let text = line.trim_start();
    !line.contains('\t') && (text.starts_with("- ") || text == "-" || line.starts_with("  ") || text == "...")
}

/// Whether lines are statements of `PowerShell`, a shell, a batch file, Ruby or Python.
fn is_script(text: &str) -> bool {
    let is_statement = |line: &&str| {
        let line = line.trim();
        let word = line.split([' ', '(']).next().unwrap_or_default();
        let is_cmdlet = word.split_once('-').is_some_and(|(verb, noun)| {
            let is_name = |name: &str| {
                name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
            };
            let rest = &line[word.len()..];
            VERBS.contains(&verb) && is_name(noun) && (rest.is_empty() || rest.contains(['$', '"', '|', '{', '-', '(']))
        });
        let is_variable = line.starts_with('$') && line.contains('=');
        is_cmdlet || is_variable || OPENINGS.iter().any(|opening| line.starts_with(opening))
    };
    let is_requirement = text.lines().any(|line| line.starts_with("#Requires -"));
    let lines: Vec<&str> = first_lines(text).collect();
    let statements = lines.iter().filter(|line| is_statement(line)).count();
    is_requirement || statements > 1 && statements * 5 >= lines.len()
}

/// Whether a line begins a block of Terraform.
fn is_terraform(text: &str) -> bool {
    first_lines(text).any(|line| {
        let is_block = ["resource \"", "provider \"", "data \"", "module \"", "variable \"", "terraform {", "locals {"];
        is_block.iter().any(|block| line.starts_with(block)) && line.trim_end().ends_with('{')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_scripts_and_lists_of_fields_are_no_tables() {
        for (text, expected) in [
            ("groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n", YAML),
            ("---\n- name: patch\n  hosts: web\n  tasks:\n    - name: a, b\n      yum: name=x\n", YAML),
            ("# made by hand\nmetadata:\n  name: |\n    some | text\n    more\nspec: {}\n", YAML),
            ("Server: web 1\nDay: 13 March 2027\nReason: Reboot\n\nWe reboot.\n", YAML),
            ("Name: Server 1\nDate: 13 March 2027\nReason: Reboot\n\nWe reboot.\n", MAIL),
            ("--- \nname: x\n", YAML),
            ("#!/bin/sh\nname: x\n", SCRIPT),
            ("#Requires -Modules ConfigurationManager\n@{ name = 'x' }\n", SCRIPT),
            ("$name = 'a'\n$date = Get-Date\nWrite-Host \"name: $name\"\n", SCRIPT),
            ("Import-Module -Name X\nNew-CMSchedule -Start \"1\", \"2\"\n", SCRIPT),
            ("param(\n  [string]$Name\n)\nGet-ADComputer -Filter *\n", SCRIPT),
            ("terraform {\n  name = 1\n}\n", CONFIGURATION),
            ("# x\nresource \"aws_instance\" \"a\" {\n  name = \"b\"\n}\n", CONFIGURATION),
        ] {
            assert_eq!(prose_or_code(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn tables_are_tables_with_any_delimiter_and_with_colons_in_their_cells() {
        for text in [
            "name;date;start\nA;2027-03-13;22:00\n",
            "name:class:hosts\nweb:server:2\ndb:server:4\n",
            "name: class: hosts\nweb: server: 2\n",
            "Report: March\nZone: UTC\n\nname;date;start\nA;2027-03-13;22:00\nB;2027-03-14;22:00\nC;2027-03-15;23:00\n",
            "Owner: Ann\nZone: UTC\nStatus: draft\nname;date\n",
            "Set-Top Box 1;Test\nSet-Top Box 2;Test\nname;environment\n",
            "name\tnotes\nweb\tnote: call first\ndb\tnote: none\n",
            "name,notes\nweb,\"note: a\"\n",
            "name\nweb\ndb\n",
            "Get-Name,date\nx,2027-03-13\n",
            "function,name\ndatabase,db1\nweb,w1\n",
            "| name | date |\n|---|---|\n| A | 2027-03-13 |\n",
            "",
        ] {
            assert_eq!(prose_or_code(text), None, "{text}");
        }
    }
}
