//! Who reads which vendors' bulletins, as a list.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::export::file::Output;
use crate::export::text::one_line;
use crate::model::{Assignee, BulletinDuty, Plan};
use crate::schedule::bulletins::{reader_on, unread_days, unread_vendors};
use crate::wording::{counted, dates};

pub const OUTPUT: Output = Output {
    id: "bulletins",
    name: "Bulletin duties",
    help: "Who reads which vendors' bulletins, who the stand-ins are, and when nobody does",
};

/// A bulletin duty, or a vendor without one. The names of the fields are columns and keys that others read: they stay the
/// same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BulletinRow {
    /// Id; none for a vendor of systems that no duty is about.
    pub duty: Option<String>,
    pub name: String,
    /// In a table separated by commas.
    pub vendors: Vec<String>,
    /// How many systems are of these vendors.
    pub systems: usize,
    pub source: String,
    /// "person/ann" or "team/security".
    pub owner: Option<String>,
    pub owner_name: String,
    pub stand_in: Option<String>,
    pub stand_in_name: String,
    /// Who reads them today; none if nobody does.
    pub reader: Option<String>,
    /// The first day from today on without a reader, although the duty has an owner; none until the end of the plan.
    pub unread_from: Option<NaiveDate>,
    /// The last of these days in a row.
    pub unread_to: Option<NaiveDate>,
}

const COLUMNS: [Column<BulletinRow>; 12] = [
    Column("duty", |row| Cell::from(&row.duty)),
    Column("name", |row| (&row.name).into()),
    Column("vendors", |row| row.vendors.join(", ").into()),
    Column("systems", |row| Cell::Number(row.systems as i64)),
    Column("source", |row| (&row.source).into()),
    Column("owner", |row| Cell::from(&row.owner)),
    Column("owner_name", |row| (&row.owner_name).into()),
    Column("stand_in", |row| Cell::from(&row.stand_in)),
    Column("stand_in_name", |row| (&row.stand_in_name).into()),
    Column("reader", |row| Cell::from(&row.reader)),
    Column("unread_from", |row| Cell::from(&row.unread_from)),
    Column("unread_to", |row| Cell::from(&row.unread_to)),
];

/// The bulletin duties of a plan, as of a day, and the vendors that none is about.
pub struct BulletinList<'a> {
    pub plan: &'a Plan,
    pub today: NaiveDate,
}

impl BulletinList<'_> {
    /// A row for each duty, in the order of their ids, then one for each vendor without a duty.
    pub fn rows(&self) -> Vec<BulletinRow> {
        let duties = self.plan.bulletin_duties().iter().map(|duty| self.row(duty));
        let vendors = unread_vendors(self.plan).into_iter().map(|(vendor, systems)| BulletinRow {
            duty: None,
            name: String::new(),
            vendors: vec![vendor.to_owned()],
            systems,
            source: String::new(),
            owner: None,
            owner_name: String::new(),
            stand_in: None,
            stand_in_name: String::new(),
            reader: None,
            unread_from: None,
            unread_to: None,
        });
        duties.chain(vendors).collect()
    }

    fn row(&self, duty: &BulletinDuty) -> BulletinRow {
        let name = |who: &Option<Assignee>| who.as_ref().map_or("", |who| who.name(self.plan)).to_owned();
        let horizon = self.plan.horizon();
        let days = self.today.max(horizon.from)..=horizon.last();
        let unread = unread_days(self.plan, duty, &days).into_iter().next();
        BulletinRow {
            duty: Some(duty.id.to_string()),
            name: duty.name.clone(),
            vendors: duty.vendors.clone(),
            systems: self.plan.systems().iter().filter(|system| duty.concerns(system)).count(),
            source: duty.source.clone(),
            owner: duty.owner.as_ref().map(Assignee::key),
            owner_name: name(&duty.owner),
            stand_in: duty.stand_in.as_ref().map(Assignee::key),
            stand_in_name: name(&duty.stand_in),
            reader: reader_on(self.plan, duty, self.today).map(Assignee::key),
            unread_from: unread.as_ref().map(|days| *days.start()),
            unread_to: unread.as_ref().map(|days| *days.end()),
        }
    }
}

fn line(row: &BulletinRow) -> [String; 7] {
    let nobody = match (row.unread_from, row.unread_to) {
        _ if row.owner.is_none() => "always".to_owned(),
        (Some(from), Some(to)) => dates(from, to),
        _ => String::new(),
    };
    [
        one_line(&row.name),
        one_line(&row.vendors.join(", ")),
        row.systems.to_string(),
        one_line(&row.source),
        one_line(&row.owner_name),
        one_line(&row.stand_in_name),
        nobody,
    ]
}

impl Listing for BulletinList<'_> {
    fn page(&self) -> Page {
        let rows = self.rows();
        let duties = self.plan.bulletin_duties().len();
        let count = counted(duties, "bulletin duty");
        let closing = match rows.len() - duties {
            0 => count,
            vendors => format!("{count}, {} without one", counted(vendors, "vendor")),
        };
        let lines = rows.iter().map(line).collect();
        Page::new(["Duty", "Vendors", "Systems", "Source", "Owner", "Stand-in", "Nobody"], lines, closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}
