//! The keys of the tables in the lists, for help.

pub const TABLE_KEYS: &[(&str, &str)] = &[
    ("Up and Down in the names of the lists", "Show the previous or next list"),
    ("Arrow keys, Home and End, Page Up and Page Down", "Go to another cell; with Shift, select cells"),
    ("Typing, F2 or Enter", "Edit the cell"),
    ("Tab and Shift+Tab", "Go to the next or previous row, and from the last or first one out of the table"),
    ("Enter and Tab while editing", "Keep the text and go down or right; with Shift, up or left"),
    ("Escape while editing", "Restore the old text"),
    ("Insert", "Add a record to the list"),
    ("Ctrl+C and Ctrl+V", "Copy or paste cells; a table with titles is imported"),
    ("Ctrl+D", "Copy the first selected row into the others"),
    ("Ctrl+A", "Select all cells"),
    ("Delete", "Empty the selected cells"),
];
