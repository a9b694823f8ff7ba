//! Tables as people keep them: each names one night, 13 March 2027, 22:00 to 02:00 in Berlin, in a way that is common.

use windowsill::import::{Imported, Topic};
use windowsill::model::{BusinessArea, Edit, Horizon, Plan};
use windowsill::schedule::Schedule;

use crate::support::importing::{MemoryFile, import_files, import_topic, options};

fn plan() -> Plan {
    Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

fn after(imported: &Imported) -> Plan {
    plan().apply(&imported.edit().unwrap_or_else(|| panic!("{imported:?}"))).unwrap()
}

/// The starts and ends in UTC, in order.
fn times(imported: &Imported) -> Vec<String> {
    let schedule = Schedule::derive(&std::sync::Arc::new(after(imported)), None);
    let occurrences = schedule.windows.iter().flat_map(|window| &window.expansion.occurrences);
    let utc = |at| windowsill::wording::iso::utc_minute(at);
    let mut all: Vec<String> = occurrences.map(|one| format!("{}/{}", utc(one.start_at), utc(one.end_at))).collect();
    all.sort();
    all
}

fn read(topic: Topic, text: &str) -> Imported {
    import_topic(topic, "list.csv", text, &plan()).unwrap()
}

fn warnings(imported: &Imported) -> Vec<String> {
    imported.warnings.iter().map(ToString::to_string).collect()
}

const NIGHT: &str = "2027-03-13T21:00Z/2027-03-14T01:00Z";

#[test]
fn a_night_is_read_from_tables_of_all_kinds() {
    for text in [
        "sep=;\nname;rule;date;start;duration\nCore;;2027-03-13;22:00;4h\n",
        "Wartungsfenster 2027;;;;\nStand 1.11.2026;;;;\n;;;;\nname;rule;date;start;duration\nCore;;2027-03-13;22:00;4h\n",
        ";;;;\nname;rule;date;start;duration\nCore;;2027-03-13;22:00;4h\n",
        "number,short_description,start_date,end_date,cmdb_ci\nCHG1,Core,2027-03-13 21:00:00,2027-03-14 01:00:00,\n",
        "Name,Date,Start,End\nCore,2027-03-13,22:00,02:00\n",
        "Name,Start Date,Start Time,End Date,End Time\nCore,2027-03-13,22:00,2027-03-14,02:00\n",
        "Subject,Start Date,Start Time,End Date,End Time,All day event\n\
         Core,3/13/2027,10:00:00 PM,3/14/2027,2:00:00 AM,FALSE\n",
        "name,date,start,duration\nCore,46459,22:00,4h\n",
        "name;date;start;duration\nCore;13.03.27;22:00;4h\n",
        "name,date,start,duration\nCore,13-Mar-2027,22:00,4h\n",
        "name,date,start,duration\nCore,\"Saturday, March 13, 2027\",22:00,4h\n",
        "name;date;start;duration\nCore;13. März 2027;22:00;4h\n",
        "name;date;start;duration\nCore;samedi 13 mars 2027;22h00;4 h\n",
        "name,date,start,duration\nコア,2027年3月13日,22:00,4h\n",
        "Name;Regel;Datum;Beginn;Dauer\nCore;;13.03.2027;22:00;4h\n",
        "name,date,start\nCore,2027-03-13,22:00 - 02:00\n",
        "name,date,start,duration\nCore,Sa 13.03.2027,22:00,4h\n",
        "name,date,start,duration\nCore,3/13/27,22:00,4h\n",
        "name\tbegin\tend\nCore\t2027-03-13 22:00\t2027-03-14 02:00\n",
        "Fenster|Von|Bis\nCore|13.03.2027 22:00|14.03.2027 02:00\n",
        "name,start (UTC),end (UTC)\nCore,2027-03-13 21:00,2027-03-14 01:00\n",
        "name,start,end\nCore,2027-03-13T21:00:00Z,2027-03-14T01:00:00Z\n",
        "name,start,end\nCore,2027-03-13T22:00:00+01:00,2027-03-14T02:00:00+01:00\n",
        "name,date,start,Dauer (min)\nCore,2027-03-13,22:00,240\n",
        "name,date,start,duration\nCore,2027-03-13,22:00,4\n",
        "name,date,start,duration\nCore,2027-03-13,22:00,\"4,0\"\n",
        "name,date,start,duration,end\nCore,2027-03-13,22:00,04:00:00,02:00\n",
    ] {
        assert_eq!(times(&read(Topic::Windows, text)), [NIGHT], "{text}");
    }
}

#[test]
fn a_start_is_read_in_all_its_forms() {
    for start in
        ["10pm", "22.00", "22:00 Uhr", "2200", "22h00", "0.916666667", "10:00 p.m.", "22:00:00", "10:00:00 PM", "22"]
    {
        let text = format!("name,date,start,duration\nCore,2027-03-13,{start},4h\n");
        assert_eq!(times(&read(Topic::Windows, &text)), [NIGHT], "{start}");
    }
    let midnight = read(Topic::Windows, "name,date,start,duration\nCore,2027-03-12,24:00,4h\n");
    assert_eq!(times(&midnight), ["2027-03-12T23:00Z/2027-03-13T03:00Z"]);
}

#[test]
fn the_column_decides_the_order_of_day_and_month_or_a_person_does() {
    let both = read(Topic::Windows, "name,date,start,duration\nCore,03/04/2027,22:00,4h\nCore,13/03/2027,22:00,4h\n");
    assert_eq!(times(&both), [NIGHT, "2027-04-03T20:00Z/2027-04-04T00:00Z"]);
    assert!(warnings(&both)[0].contains("day first"), "{:?}", warnings(&both));
    let text = "name,date,start,duration\nCore,03/04/2027,22:00,4h\n";
    let open = read(Topic::Windows, text);
    assert!(open.question.is_some() && open.edits.is_empty());
    for (order, expected) in [("day-first", "2027-04-03T20:00Z"), ("month-first", "2027-03-04T21:00Z")] {
        let options = options("windows-table", &[("dates", order)], &plan());
        let file = MemoryFile::new("a.csv", text);
        let imported = import_files("windows-table", &[file], &options, &plan(), plan().horizon().from).unwrap();
        assert!(times(&imported)[0].starts_with(expected), "{order}");
    }
}

#[test]
fn rows_without_a_name_continue_the_row_above() {
    let merged =
        read(Topic::Windows, "name;date;start;duration\nCore;2027-03-13;22:00;4h\n;2027-04-10;;\n;2027-05-15;;\n");
    let expected = [NIGHT, "2027-04-10T20:00Z/2027-04-11T00:00Z", "2027-05-15T20:00Z/2027-05-16T00:00Z"];
    assert_eq!(times(&merged), expected);
    assert_eq!(merged.summary, "1 window with 3 dates");
    assert_eq!(warnings(&merged), ["2 rows without a name continue the row above: this one is \"Core\" (line 3)"]);
}

#[test]
fn a_quote_without_an_end_loses_no_row() {
    for (column, cell) in [("notes", "\"19in rack"), ("rule", "\"first Sat")] {
        let text = format!(
            "name,date,start,duration,{column}\nCore,2027-03-13,22:00,4h,{cell}\nWeb,2027-03-20,22:00,4h,\n\
             Db,2027-03-27,20:00,4h,\nLdap,2027-04-03,22:00,4h,\n"
        );
        let imported = read(Topic::Windows, &text);
        assert_eq!(imported.summary, "4 windows with 4 dates");
        let told = warnings(&imported).iter().any(|warning| warning.contains("Quote") && warning.contains("line 2"));
        assert!(told, "{:?}", warnings(&imported));
    }
}

#[test]
fn rows_that_contradict_themselves_or_do_not_fit_are_skipped_with_their_line() {
    let text = "name,date,start,end,duration\n\
                A,2027-03-13,22:00,02:00,3h\n\
                B,2027-03-13,22:00,22:00,\n\
                C,2027-03-13,,02:00,\n\
                D,2027-03-14 21:00,22:00,,4h\n\
                E,Sun 2027-03-13,22:00,02:00,\n\
                F,2027-03-13,22:00,3,5h,x\n\
                G,2027-03-13\n\
                H,1979-03-13,22:00,02:00,\n";
    let imported = read(Topic::Windows, text);
    assert_eq!(imported.summary, "1 window with 1 date");
    let warnings = warnings(&imported);
    for line in [2, 3, 4, 5, 6, 7, 9] {
        let skipped = warnings
            .iter()
            .any(|warning| warning.starts_with("Row skipped") && warning.ends_with(&format!("(line {line})")));
        assert!(skipped, "line {line}: {warnings:#?}");
    }
    assert!(warnings.iter().any(|warning| warning.starts_with("Row has 2 cells")), "{warnings:#?}");
    assert!(warnings.contains(&"7 of 8 rows skipped".to_owned()), "{warnings:#?}");
}

#[test]
fn a_rule_replaces_dates() {
    let imported = read(
        Topic::Windows,
        "name,rule,start,duration\nA,2nd and 4th Saturday,22:00,4h\nB,last day of the month,22:00,4h\n\
         C,Patch Tuesday + 11,22:00,4h\nD,SAT#2,22:00,4h\nE,FREQ=MONTHLY;BYDAY=2SA,22:00,4h\nF,when quiet,22:00,4h\n",
    );
    assert_eq!(imported.summary, "5 windows");
    let plan = after(&imported);
    let schedule = Schedule::derive(&std::sync::Arc::new(plan), None);
    let counts: Vec<usize> = schedule.windows.iter().map(|window| window.expansion.occurrences.len()).collect();
    assert_eq!(counts, [24, 12, 12, 12, 12]);
}

#[test]
fn unknown_titles_are_assigned_by_a_person() {
    let text = "Was;Wann;Ab wann;Wie lange\nCore;13.03.2027;22:00;4h\n";
    assert!(import_topic(Topic::Windows, "a.csv", text, &plan()).is_err());
    let columns = "name=Was\ndate=Wann\nstart=Ab wann\nduration=wie lange";
    let read = |columns: &str| {
        let options = options("windows-table", &[("column", columns)], &plan());
        import_files("windows-table", &[MemoryFile::new("a.csv", text)], &options, &plan(), plan().horizon().from)
    };
    assert_eq!(times(&read(columns).unwrap()), [NIGHT]);
    assert!(read("name=Wo\ndate=Wann").unwrap_err().to_string().starts_with("Unknown column \"Wo\""));
    assert!(read("nam=Was").unwrap_err().to_string().starts_with("Unknown field \"nam\""));
}

#[test]
fn holidays_are_read_from_a_table() {
    for text in [
        "Date,Name,Region\n2027-01-01,New Year,\n2027-01-06,Epiphany,\"BW, BY, ST\"\n",
        "Feiertage 2027;;\nDatum;Feiertag;Bundesländer\n01.01.2027;New Year;bundesweit\n06.01.2027;Epiphany;BW, BY, ST\n",
    ] {
        let imported = import_topic(Topic::Holidays, "Lummerland.csv", text, &plan()).unwrap();
        assert_eq!(imported.summary, "2 holidays (Lummerland)");
        let plan = after(&imported);
        let days: Vec<String> = plan
            .holidays()
            .iter()
            .flat_map(|all| &all.days)
            .map(|day| format!("{} {} [{}]", day.on, day.name, day.region))
            .collect();
        assert_eq!(days, ["2027-01-01 New Year []", "2027-01-06 Epiphany [BW, BY, ST]"]);
    }
    let other_year = read(Topic::Holidays, "Date,Name\n2026-01-01,New Year\n");
    assert!(warnings(&other_year)[0].starts_with("No holiday is in the plan's months"));
}

#[test]
fn freezes_are_read_from_a_table() {
    for text in [
        "Freeze;From;To\nYear end;13.12.2027;09.01.2028\nQuarter 1;29.03.2027;02.04.2027\n",
        "Name,Start,End\nYear end,2027-12-13,2028-01-09 12:00\nQuarter 1,2027-03-29 18:00,2027-04-03 00:00\n",
    ] {
        let imported = read(Topic::Freezes, text);
        let plan = after(&imported);
        let mut days: Vec<String> =
            plan.freezes().iter().map(|all| format!("{} {} {}", all.first_on, all.last_on, all.name)).collect();
        days.sort();
        assert_eq!(days, ["2027-03-29 2027-04-02 Quarter 1", "2027-12-13 2028-01-09 Year end"], "{text}");
        let again = import_topic(Topic::Freezes, "a.csv", text, &plan).unwrap();
        assert!(again.edit().is_none());
    }
    let wrong = read(Topic::Freezes, "Freeze,From,To\nA,2027-03-29,\nB,2027-03-29,2027-03-01\n");
    assert_eq!((wrong.edits.len(), warnings(&wrong).len()), (0, 3));
}

#[test]
fn records_are_added_and_updated_from_tables() {
    let area =
        BusinessArea { id: "pay".into(), name: "Payments".into(), owner: "Ann".into(), ..BusinessArea::default() };
    let plan = plan().apply(&Edit::PutArea(area)).unwrap();
    let take = |topic, text: &str, plan: &Plan| {
        let imported = import_topic(topic, "a.csv", text, plan).unwrap();
        (plan.apply(&imported.edit().unwrap()).unwrap(), imported)
    };
    let (plan, imported) =
        take(Topic::Areas, "Bereich;Verantwortlich;E-Mail\nPayments;Bea;bea@x.example\nHR;Cy;cy@x.example\n", &plan);
    assert_eq!(imported.summary, "2 business areas (1 of them updated)");
    assert_eq!(plan.areas().get(&"pay".into()).unwrap().owner, "Bea");
    let (plan, imported) = take(
        Topic::Systems,
        "Hostname,Umgebung,Betriebssystem,Bereich,Anzahl\ndb-1,Produktion,Linux,Payments,4\nweb,Mars,Linux,Nowhere,\n",
        &plan,
    );
    assert_eq!(imported.summary, "2 systems");
    assert_eq!(warnings(&imported).len(), 2, "{:?}", warnings(&imported));
    let system = plan.systems().get(&"db-1".into()).unwrap();
    assert_eq!((system.hosts, system.platform.as_str(), system.area.as_ref()), (4, "Linux", Some(&"pay".into())));
    let text = "Name,Email,Phone,Team\nAnn Lee,ann@x.example,+49 1,Linux\nBo,,,Linux\n";
    let (plan, imported) = take(Topic::People, text, &plan);
    assert_eq!(imported.summary, "2 people");
    assert_eq!(plan.teams().iter().next().unwrap().people.len(), 2);
    assert!(import_topic(Topic::People, "a.csv", text, &plan).unwrap().edit().is_none());
}
