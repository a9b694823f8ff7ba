//! Measures imports of findings. Budgets: 100,000 findings onto 5,000 systems 2 s; EPSS scores of 300,000 CVEs 1 s. A .nessus
//! file of 650 MB is streamed with less than 300 MB of memory: run the bench with `WINDOWSILL_NESSUS=650` (megabytes), which
//! prints the most memory that the program had (Linux).

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fmt::Write as _;
use std::io::{self, Read};
use std::sync::Arc;

use divan::{Bencher, black_box};
use windowsill::connect;
use windowsill::import::{Imported, MemoryFile, Options, Source, SourceFile, Target, Topic};
use windowsill::model::{Advisory, AdvisoryId, Edit, Horizon, Plan, System, SystemId};
use windowsill::progress::Progress;

fn main() {
    divan::main();
    if let Some(megabytes) = std::env::var("WINDOWSILL_NESSUS").ok().and_then(|text| text.parse().ok()) {
        stream(megabytes);
    }
}

const SYSTEMS: usize = 5_000;
const FINDINGS: usize = 100_000;
const SCORES: usize = 300_000;

fn plan() -> Plan {
    let systems = (0..SYSTEMS).map(|number| System {
        id: SystemId::new(&format!("system-{number}")),
        name: format!("System {number}"),
        host_names: vec![format!("host{number}.bank.example")],
        ..System::default()
    });
    let edits = systems.map(Edit::PutSystem).collect();
    let plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    plan.apply(&Edit::Together { label: "Systems".into(), edits }).unwrap()
}

fn import(plan: &Arc<Plan>, file: Box<dyn SourceFile>) -> Imported {
    let progress = Progress::default();
    let source = Source::new(vec![file], &progress);
    let kind = connect::recognise(&source, Some(Topic::Advisories)).unwrap()[0];
    connect::read(&source, kind, &Options::default(), &Target::new(Arc::clone(plan), plan.horizon().from)).unwrap()
}

/// 20 findings on each host, of 2,000 plugins with a CVE each.
fn item(host: usize, number: usize) -> String {
    let plugin = (host * 7 + number * 101) % 2_000;
    format!(
        "<ReportItem port=\"443\" severity=\"3\" pluginID=\"{plugin}\" pluginName=\"Plugin {plugin}\"><cve>CVE-2026-{}</cve>\
         <cvss3_base_score>8.1</cvss3_base_score><description>Words about it</description></ReportItem>\n",
        10_000 + plugin
    )
}

#[divan::bench(sample_count = 5)]
fn findings_100_000_onto_5_000_systems(bencher: Bencher<'_, '_>) {
    let mut text = "<NessusClientData_v2><Report name=\"r\">".to_owned();
    for host in 0..SYSTEMS {
        let _ = write!(text, "<ReportHost name=\"host{host}.bank.example\">");
        (0..FINDINGS / SYSTEMS).for_each(|number| text.push_str(&item(host, number)));
        text.push_str("</ReportHost>");
    }
    text.push_str("</Report></NessusClientData_v2>");
    let plan = Arc::new(plan());
    bencher.bench(|| {
        let imported = import(&plan, Box::new(MemoryFile::new("a.nessus", text.clone())));
        let report = imported.report.as_ref().unwrap();
        assert_eq!((report.rows, report.matched_hosts, report.items), (FINDINGS, SYSTEMS, 2_000));
        black_box(plan.apply(&imported.edit().unwrap()).unwrap())
    });
}

#[divan::bench(sample_count = 5)]
fn epss_scores_of_300_000_cves(bencher: Bencher<'_, '_>) {
    let mut text = "#model_version:v2025.03.14,score_date:2027-01-09T00:00:00Z\ncve,epss,percentile\n".to_owned();
    for number in 0..SCORES {
        let _ = writeln!(text, "CVE-2026-{},0.{:05},0.5", 10_000 + number, number % 100_000);
    }
    let first = plan().horizon().from;
    let known =
        (0..5_000).map(|number| Advisory::new(AdvisoryId::new(&format!("cve-2026-{}", 10_000 + number)), "A", first));
    let edits = known.map(Edit::PutAdvisory).collect();
    let plan = Arc::new(plan().apply(&Edit::Together { label: "Advisories".into(), edits }).unwrap());
    bencher.bench(|| {
        let imported = import(&plan, Box::new(MemoryFile::new("epss.csv", text.clone())));
        assert_eq!(imported.report.as_ref().unwrap().rows_imported, 5_000);
        black_box(imported)
    });
}

/// A .nessus file that is made while it is read.
struct Endless {
    name: String,
    bytes: u64,
}

impl SourceFile for Endless {
    fn name(&self) -> &str {
        &self.name
    }

    fn is_named(&self) -> bool {
        true
    }

    fn size(&self) -> u64 {
        self.bytes
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, String> {
        let begin = io::Cursor::new(b"<NessusClientData_v2><Report name=\"r\">".to_vec());
        let hosts = Hosts { left: self.bytes, host: 0, text: Vec::new(), at: 0 };
        let end = io::Cursor::new(b"</Report></NessusClientData_v2>".to_vec());
        Ok(Box::new(begin.chain(hosts).chain(end)))
    }
}

/// Hosts with 20 findings each, of which each has an output of 2 KB.
struct Hosts {
    left: u64,
    host: usize,
    text: Vec<u8>,
    at: usize,
}

impl Read for Hosts {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() {
            if self.left == 0 {
                return Ok(0);
            }
            let output = format!("<plugin_output>{}</plugin_output></ReportItem>", "Some output. ".repeat(160));
            let items: String =
                (0..20).map(|number| item(self.host, number).replace("</ReportItem>", &output)).collect();
            self.text =
                format!("<ReportHost name=\"host{}.bank.example\">{items}</ReportHost>", self.host).into_bytes();
            (self.host, self.at) = ((self.host + 1) % SYSTEMS, 0);
            self.left = self.left.saturating_sub(self.text.len() as u64);
        }
        let count = (self.text.len() - self.at).min(buffer.len());
        buffer[..count].copy_from_slice(&self.text[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// Imports a .nessus file of that size and prints how long it took, and the most memory that was used.
fn stream(megabytes: u64) {
    let plan = Arc::new(plan());
    let begun = std::time::Instant::now();
    let imported = import(&plan, Box::new(Endless { name: "large.nessus".to_owned(), bytes: megabytes << 20 }));
    let rows = imported.report.unwrap().rows;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown").to_owned();
    println!("{megabytes} MB, {rows} rows, {} ms, {most}", begun.elapsed().as_millis());
}
