//! Tables as people keep them: each names one night, 13 March 2027, 22:00 to 02:00 in Berlin, in a way that is common.

use windowsill::import::{ImportError, Imported, Options, Topic};
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

/// Reads a table of windows with options.
fn read_file(text: &str, values: &[(&str, &str)], plan: &Plan) -> Result<Imported, ImportError> {
    let options = options("windows-table", values, plan);
    import_files("windows-table", &[MemoryFile::new("a.csv", text)], &options, plan, plan.horizon().from)
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
    let text = "Objekt;Nacht;Ab wann;Wie lange\nCore;13.03.2027;22:00;4h\n";
    let asked = read_file(text, &[], &plan()).unwrap();
    assert!(asked.question.is_some_and(|question| question.starts_with("Missing columns \"name\" and \"date\"")));
    assert!(asked.edits.is_empty());
    let columns = "name=Objekt\ndate=Nacht\nstart=Ab wann\nduration=wie lange";
    let read = |columns: &str| read_file(text, &[("column", columns)], &plan());
    assert_eq!(times(&read(columns).unwrap()), [NIGHT]);
    assert_eq!(times(&read("name=A\ndate=B\nstart=C\nduration=D").unwrap()), [NIGHT]);
    assert!(read("name=Wo\ndate=Nacht").unwrap_err().to_string().starts_with("Unknown column \"Wo\""));
    assert!(read("nam=Objekt").unwrap_err().to_string().starts_with("Unknown field \"nam\""));
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
    assert_eq!(imported.summary, "2 people and 1 team");
    assert_eq!(plan.teams().iter().next().unwrap().people.len(), 2);
    assert!(import_topic(Topic::People, "a.csv", text, &plan).unwrap().edit().is_none());
}

#[test]
fn what_a_person_assigned_is_remembered_by_the_titles_and_can_be_forgotten() {
    let text = "Objekt;Nacht;Ab wann;Wie lange;Group\nCore;03/04/2027;22:00;4;servers\n";
    let columns = "name=Objekt\ndate=Nacht\nstart=Ab wann\nduration=Wie lange\nignore=Group";
    let first = read_file(text, &[("column", columns), ("dates", "day-first")], &plan()).unwrap();
    let plan = after(&first);
    assert_eq!(plan.mappings().len(), 1);
    let next = "Export of May\nOBJEKT;Nacht;Ab  wann;Wie lange;Group\nWeb;04/05/2027;22:00;4;servers\n";
    let second = read_file(next, &[], &plan).unwrap();
    assert_eq!(second.summary, "1 window with 1 date");
    let table = second.table.as_ref().unwrap();
    assert!(table.mapping.is_some() && table.title_line == Some(2));
    let held: Vec<Option<&str>> = table.columns.iter().map(|column| column.field).collect();
    assert_eq!(held, [Some("name"), Some("date"), Some("start"), Some("duration"), None]);
    assert_eq!(table.columns[3].reading.as_deref(), Some("hours"));
    assert!(warnings(&second).iter().any(|text| text.contains("day first") && text.contains("last table with these")));
    assert!(times(&second)[0].starts_with("2027-05-04T20:00Z"), "{:?}", times(&second));
    // A table that shows another order is read as it shows.
    let shown =
        read_file("Objekt;Nacht;Ab wann;Wie lange;Group\nA;04/05/2027;22:00;4;\nB;5/13/2027;22:00;4;\n", &[], &plan);
    assert!(times(&shown.unwrap())[0].starts_with("2027-04-05"));
    // Other titles, or the same in another order, are another table.
    assert!(
        read_file("Nacht;Objekt;Ab wann;Wie lange;Group\n2027-05-04;A;22:00;4;\n", &[], &plan)
            .unwrap()
            .question
            .is_some()
    );
    let forgetting = read_file("Objekt;Nacht;Ab wann;Wie lange;Group\n", &[("column", "titles")], &plan).unwrap();
    assert!(forgetting.question.is_some());
    let by_title = "Objekt;name;date;Wie lange;Group\nx;Core;2027-03-13;4;\n";
    let assigned = read_file(by_title, &[("column", "name=Objekt")], &plan).unwrap();
    let both = plan.apply(&assigned.edit().unwrap()).unwrap();
    assert_eq!(both.mappings().len(), 2);
    let forgotten = read_file(by_title, &[("column", "titles")], &both).unwrap();
    assert_eq!(both.apply(&forgotten.edit().unwrap()).unwrap().mappings().len(), 1);
}

#[test]
fn titles_can_be_chosen_or_missing() {
    let text = "13.03.2027;22:00;4h;Core\n20.03.2027;22:00;4h;Core\n";
    let columns = "date=A\nstart=B\nduration=C\nname=D";
    let bare = read_file(text, &[("titles", "none"), ("column", columns)], &plan()).unwrap();
    assert_eq!(times(&bare), [NIGHT, "2027-03-20T21:00Z/2027-03-21T01:00Z"]);
    assert!(bare.remembered.is_empty());
    let below = format!("name;date;a;b\n(see below);;;\nTag;Zeit;Dauer;Fenster\n{text}");
    let chosen = read_file(&below, &[("titles", "3"), ("column", columns)], &plan()).unwrap();
    assert_eq!(times(&chosen), times(&bare));
    assert!(
        read_file(text, &[("column", "name=E")], &plan()).unwrap_err().to_string().starts_with("Unknown column \"E\"")
    );
}

#[test]
fn titles_of_other_programs_and_of_german_tables_are_known() {
    for text in [
        "Nummer,Kurzbeschreibung,Geplantes Startdatum,Geplantes Enddatum\n1,Core,13.03.2027 22:00,14.03.2027 02:00\n",
        "Name;Datum;Zeit von;Zeit bis\nCore;13.03.2027;22:00;02:00\n",
        "Task Name,From date,From time,To date,To time\nCore,2027-03-13,22:00,2027-03-14,02:00\n",
    ] {
        assert_eq!(times(&read(Topic::Windows, text)), [NIGHT], "{text}");
    }
    let freezes =
        read(Topic::Freezes, "short_description,start_date_time,end_date_time\nYear end,2027-12-20,2028-01-02\n");
    assert_eq!(freezes.summary, "1 change freeze");
    let people = read(Topic::People, "Name,E-mail 1 - Value,Phone 1 - Value\nAnn,ann@bank.example,+49 30 1\n");
    assert_eq!((people.summary.as_str(), people.warnings.len()), ("1 person", 0), "{people:?}");
}

#[test]
fn a_span_is_never_taken_for_an_offset() {
    for time in ["22:00-02:00", "22:00 - 02:00 (+1)", "22:00 \u{2212} 02:00", "22:00/02:00", "22:00 \u{2192} 02:00"] {
        let text = format!("Name;Date;Time\nCore;13.03.2027;{time}\nWeb;13.03.2027 {time};\n");
        assert_eq!(times(&read(Topic::Windows, &text)), [NIGHT, NIGHT], "{time}");
    }
    let unclear = read(Topic::Windows, "Name;Date\nCore;13.03.2027 22:00 - 14.03.2027 02:00 (+1)\n");
    assert_eq!(unclear.edits.len(), 0, "{unclear:?}");
}

#[test]
fn titles_in_two_rows_and_rare_delimiters_and_encodings_are_found() {
    for text in [
        "Fenster;Beginn;;Ende;\n;Datum;Uhrzeit;Datum;Uhrzeit\nCore;13.03.2027;22:00;14.03.2027;02:00\n",
        "Name,Start,,Duration\n,Date,Time,(min)\nCore,2027-03-13,22:00,240\n",
        "Name^Date^Start^Duration\nCore^2027-03-13^22:00^4h\n",
        "Betreff;Beginnt am;Beginnt um;Endet am;Endet um\nCore;13.3.2027;22:00:00;14.3.2027;02:00:00\n",
    ] {
        assert_eq!(times(&read(Topic::Windows, text)), [NIGHT], "{text}");
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let file = MemoryFile::new("a.csv", utf16);
        let imported = import_files("windows-table", &[file], &Options::default(), &plan(), plan().horizon().from);
        assert_eq!(times(&imported.unwrap()), [NIGHT], "{text}");
    }
    let short = read(Topic::Windows, "Name,Start,,Duration\n,Date,Time,(min)\nCore,2027-03-13,22:00,15\n");
    assert_eq!(times(&short), ["2027-03-13T21:00Z/2027-03-13T21:15Z"]);
}

#[test]
fn rows_of_cancelled_changes_are_skipped() {
    let text = "Number,Short description,Planned start date,Planned end date,State\n\
                CHG1,Core,2027-03-13 22:00:00,2027-03-14 02:00:00,Scheduled\n\
                CHG2,Web,2027-03-13 22:00:00,2027-03-14 02:00:00,Canceled\n";
    let imported = read(Topic::Windows, text);
    assert_eq!(times(&imported), [NIGHT]);
    assert_eq!(warnings(&imported), ["Row skipped: its state is \"Canceled\" (line 3)", "1 of 2 rows skipped"]);
}

#[test]
fn a_row_that_reads_like_a_title_is_not_the_header() {
    let text = "Item,Class,Location,Owned by\ndb1,Server,Berlin,Ann\n";
    let asked = read(Topic::Systems, text);
    assert!(asked.question.is_some() && asked.table.is_some_and(|table| table.title_line == Some(1)));
}

#[test]
fn whole_days_are_read_from_spans_and_calendars_of_outlook() {
    let days = |topic, text: &str| -> Vec<String> {
        let plan = after(&read(topic, text));
        let holidays = plan.holidays().iter().flat_map(|all| &all.days).map(|day| day.on.to_string());
        let freezes = plan.freezes().iter().map(|all| format!("{} {}", all.first_on, all.last_on));
        holidays.chain(freezes).collect()
    };
    for text in [
        "Subject,Start Date,Start Time,End Date,End Time,All day event\n\
         Christmas,12/25/2027,12:00:00 AM,12/26/2027,12:00:00 AM,True\n",
        "Betreff;Beginnt am;Beginnt um;Endet am;Endet um;Ganztägiges Ereignis\n\
         Weihnachten;25.12.2027;00:00:00;26.12.2027;00:00:00;Ein\n",
        "Subject,Start Date,End Date,All Day Event\nChristmas,12/25/2027,12/25/2027,True\n",
    ] {
        assert_eq!(days(Topic::Holidays, text), ["2027-12-25"], "{text}");
    }
    for text in [
        "Name,Period\nYear end,13 Dec 2027 - 9 Jan 2028\n",
        "Name;Zeitraum\nJahresende;13.12.2027 bis 09.01.2028\n",
        "Name;Zeitraum\nJahresende;13.12.27-9.1.28\n",
        "Name,Dates\nYear end,2027-12-13 – 2028-01-09\n",
    ] {
        assert_eq!(days(Topic::Freezes, text), ["2027-12-13 2028-01-09"], "{text}");
    }
}

#[test]
fn names_in_two_columns_and_written_numbers_are_read() {
    let people = read(Topic::People, "Vorname;Nachname;E-Mail-Adresse\nAnna;Müller;anna@x.example\n");
    assert!(after(&people).people().iter().any(|person| person.name == "Anna Müller"));
    let systems = after(&read(Topic::Systems, "Server;Hosts\ndb;4.0\nweb;1.000\nx;1.5\n"));
    let hosts: Vec<u32> = systems.systems().iter().map(|system| system.hosts).collect();
    assert_eq!(hosts, [4, 1000, 1]);
}
