//! Documents to print, with all parts and with text that tries to be more than text.

use windowsill::export::paper::{
    Band, BandKind, CheckItem, Checks, Column, Document, Head, KeyTime, Labelled, Part, Room, Sheet, SignOff, Status,
    StatusRow, Table, Tick, TickKind, Timeline, Title,
};

/// A document with this many packs of this many systems, with `said` wherever people write text.
pub fn packs(count: usize, systems: usize, said: &str) -> Document {
    Document {
        title: format!("Packs {said}"),
        language: "en".to_owned(),
        plan: format!("Bank {said}"),
        revision: "4f1c22a9".to_owned(),
        contents: (count > 1).then(|| "Contents".to_owned()),
        page_of: "Page {page} of {pages}".to_owned(),
        sheets: (1..=count).map(|number| pack(number, systems, said)).collect(),
    }
}

fn pack(number: usize, systems: usize, said: &str) -> Sheet {
    let parts = [
        vec![
            Part::Head(Head {
                title: format!("Core DB {number} {said}"),
                particulars: vec!["Standard".to_owned(), said.to_owned()],
                date: "Sat 20 Mar 2027".to_owned(),
                zone: "Europe/London (GMT)".to_owned(),
            }),
            Part::Notice(format!("Moved from Sat 13 Mar 2027. {said}")),
            Part::Times(times()),
            Part::Timeline(timeline(said)),
            Part::Labelled(vec![labelled("Works", said)]),
            Part::Headings(["Scope", "Impact", "Duration", "Rollback"].map(|label| labelled(label, said)).to_vec()),
            Part::Title(title("Systems", said)),
            Part::Table(table(systems, said)),
        ],
        ["24 hours before", "2 hours before", "Start", "During"].map(|block| checks(block, said)).to_vec(),
        vec![
            Part::Status(status(said)),
            checks("After", said),
            Part::NewPage,
            Part::Title(title("Backout plan", said)),
            Part::Text(format!("Restore the snapshot.\n{said}")),
            Part::Bullets(vec![said.to_owned(), "Start the replica".to_owned()]),
            Part::SignOffs(vec![sign_off("Infrastructure", said), sign_off("Security", said)]),
            Part::Room(Room { lines: 8, written: String::new() }),
        ],
    ];
    Sheet {
        name: format!("Core DB {number} {said}, Sat 20 Mar 2027"),
        chapter: Some(format!("Month {}", number / 20)),
        language: None,
        fits_a_page: false,
        is_wide: false,
        parts: parts.into_iter().flatten().collect(),
    }
}

fn labelled(label: &str, text: &str) -> Labelled {
    Labelled { label: label.to_owned(), text: text.to_owned() }
}

fn title(text: &str, beside: &str) -> Title {
    Title { text: text.to_owned(), beside: beside.to_owned() }
}

fn sign_off(who: &str, what: &str) -> SignOff {
    SignOff { who: who.to_owned(), what: what.to_owned(), hint: "name, signature".to_owned() }
}

fn times() -> Vec<KeyTime> {
    let time = |label: &str, clock: &str, is_rollback| KeyTime {
        label: label.to_owned(),
        clock: clock.to_owned(),
        beside: "Sun 21 Mar".to_owned(),
        is_rollback,
    };
    vec![time("Start", "22:00", false), time("Roll back by", "00:24", true), time("End", "02:00", false)]
}

fn timeline(said: &str) -> Timeline {
    let kinds = [
        (BandKind::Prepare, 0.05),
        (BandKind::Batches, 0.5),
        (BandKind::Verification, 0.56),
        (BandKind::Margin, 0.6),
        (BandKind::RollbackReserve, 0.94),
        (BandKind::Handover, 1.0),
    ];
    let mut from = 0.0;
    let bands = kinds.map(|(kind, to)| {
        let band = Band {
            kind,
            from,
            to,
            label: format!("{kind:?} 28 min"),
            boxes: 1 + u32::from(kind == BandKind::Batches) * 3,
        };
        from = to;
        band
    });
    let tick = |at, clock: &str, kind| Tick { at, clock: clock.to_owned(), kind, is_bare: false };
    Timeline {
        bands: bands.to_vec(),
        ticks: vec![
            tick(0.0, "22:00", TickKind::Time),
            tick(0.6, "00:24", TickKind::RollBackBy),
            tick(1.0, "02:00", TickKind::Time),
        ],
        end: 1.0,
        no_return: Some(format!("Point of no return 01:00: {said}")),
    }
}

fn table(rows: usize, said: &str) -> Table {
    let column = |name: &str, share, is_number| Column { name: name.to_owned(), share, is_number };
    let row = |number: usize| {
        vec![
            format!("Node {number} {said}"),
            format!("{}", number / 4 + 1),
            format!("22:{:02}", number % 60),
            String::new(),
        ]
    };
    Table {
        columns: vec![
            column("System", 5, false),
            column("Batch", 1, true),
            column("From", 2, true),
            column("Done", 2, false),
        ],
        rows: (0..rows).map(row).collect(),
    }
}

/// The blocks of the handbook have five items; that after the work has more than stay on one page.
fn checks(block: &str, said: &str) -> Part {
    let count = if block == "After" { 16 } else { 5 };
    let item = |number: usize| CheckItem {
        text: format!("{block}, item {number} {said}"),
        at: if number == 2 { "21:30".to_owned() } else { String::new() },
        owner: if number == 1 { format!("Owner {said}") } else { String::new() },
        done: None,
    };
    Part::Checks(Checks {
        title: title(block, "Fri 19 Mar, 22:00"),
        who: "who".to_owned(),
        when: "when".to_owned(),
        items: (0..count).map(item).collect(),
    })
}

fn status(said: &str) -> Status {
    let row = |half_hours: u32| StatusRow {
        clock: format!("{:02}:{:02}", (22 + half_hours / 2) % 24, half_hours % 2 * 30),
        day: (half_hours == 4).then(|| "Sun 21 Mar".to_owned()),
        rollback: (half_hours == 5).then(|| "roll back by 00:24".to_owned()),
        status: String::new(),
        by: String::new(),
    };
    Status {
        heads: ["time", "status", "who"].map(str::to_owned),
        rows: (1..=8).map(row).collect(),
        remark: Some(format!("Continue on a separate sheet. {said}")),
    }
}
