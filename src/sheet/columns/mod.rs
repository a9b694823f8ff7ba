//! The columns of each kind of record. The first is always the name.

pub mod areas;
pub mod bulletin_duties;
pub mod checklists;
pub mod freezes;
pub mod holidays;
pub mod ladders;
pub mod notices;
pub mod people;
pub mod releases;
pub mod scan_routines;
pub mod systems;
pub mod teams;
pub mod windows;

/// A column of plain text.
macro_rules! text_column {
    ($record:ty, $title:literal, $field:ident) => {
        Column::new($title, |_, record: &$record| record.$field.clone()).field(|_, record, text| {
            text.trim().clone_into(&mut record.$field);
            Ok(())
        })
    };
}

/// The column of the name.
macro_rules! name_column {
    ($record:ty) => {
        Column::new("Name", |_, record: &$record| record.name.clone()).usual().identifying().field(|_, record, text| {
            record.name = choices::name(text)?;
            Ok(())
        })
    };
}

/// The column of the id, which other files and programs know.
macro_rules! id_column {
    ($record:ty) => {
        Column::new("Id", |_, record: &$record| record.id.to_string())
    };
}

use {id_column, name_column, text_column};
