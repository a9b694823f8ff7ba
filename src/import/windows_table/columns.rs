//! The columns of a table of windows, by their usual names in English and German and in exports of `ServiceNow`,
//! Outlook and Google.

use crate::import::tables::layout::{Field, Layout};

pub const NAME: usize = 0;
pub const RULE: usize = 1;
pub const DATE: usize = 2;
pub const START: usize = 3;
pub const DURATION: usize = 4;
pub const ZONE: usize = 5;
pub const KIND: usize = 6;
pub const GROUP: usize = 7;
pub const END: usize = 8;
pub const END_DATE: usize = 9;
pub const SYSTEMS: usize = 10;
pub const TICKET: usize = 11;
pub const ALL_DAY: usize = 12;

pub const LAYOUT: Layout = Layout {
    fields: &[
        Field {
            id: "name",
            titles: &[
                "window",
                "windowname",
                "maintenancewindow",
                "maintenance",
                "wartungsfenster",
                "fenster",
                "wartung",
                "bezeichnung",
                "subject",
                "betreff",
                "shortdescription",
                "kurzbeschreibung",
                "title",
                "titel",
                "summary",
                "event",
                "change",
                "thema",
                "description",
                "beschreibung",
            ],
        },
        Field {
            id: "rule",
            titles: &[
                "regel",
                "recurrence",
                "rrule",
                "pattern",
                "wiederholung",
                "turnus",
                "rhythmus",
                "frequency",
                "muster",
            ],
        },
        Field {
            id: "date",
            titles: &["startdate", "startdatum", "datum", "day", "tag", "on", "am", "plannedstartdate"],
        },
        Field {
            id: "start",
            titles: &[
                "starttime",
                "startzeit",
                "begin",
                "beginn",
                "begins",
                "anfang",
                "from",
                "von",
                "startat",
                "startdatetime",
                "plannedstart",
                "scheduledstart",
                "actualstart",
                "geplanterstart",
                "geplanterbeginn",
                "time",
                "uhrzeit",
                "zeit",
            ],
        },
        Field {
            id: "duration",
            titles: &[
                "dauer",
                "length",
                "länge",
                "laenge",
                "durationhours",
                "durationminutes",
                "durationmin",
                "durationh",
                "hours",
                "stunden",
                "minutes",
                "minuten",
                "dauerstunden",
                "dauerminuten",
                "dauerinstunden",
                "dauerinminuten",
                "durationinhours",
                "durationinminutes",
            ],
        },
        Field { id: "zone", titles: &["timezone", "zeitzone", "tz"] },
        Field { id: "kind", titles: &["type", "windowtype", "art", "typ"] },
        Field { id: "group", titles: &["groups", "gruppe", "gruppen", "deploymentgroup", "ring"] },
        Field {
            id: "end",
            titles: &[
                "endtime",
                "endzeit",
                "ende",
                "ends",
                "until",
                "to",
                "bis",
                "finish",
                "endat",
                "enddatetime",
                "plannedend",
                "scheduledend",
                "geplantesende",
            ],
        },
        Field { id: "end-date", titles: &["enddate", "enddatum", "plannedenddate", "bisdatum"] },
        Field {
            id: "systems",
            titles: &["system", "systeme", "cmdbci", "configurationitem", "ci", "server", "servers"],
        },
        Field {
            id: "ticket",
            titles: &["number", "changenumber", "changeticket", "changeid", "changenr", "ticketnummer", "chg", "rfc"],
        },
        Field { id: "all-day", titles: &["alldayevent", "allday", "ganztägigesereignis", "ganztägig", "ganztaegig"] },
    ],
    required: &[&[NAME], &[DATE, START, RULE]],
};
