//! The keys of the calendar that are not commands, for the page of keys.

/// Keys and mouse with keys, and what they do.
pub(super) const CALENDAR_KEYS: &[(&str, &str)] = &[
    ("Up and Down in Rows", "Go to the previous or next window"),
    ("Left and Right in Rows", "Go to the window's previous or next occurrence"),
    ("+ and - in Rows", "Zoom in or out around the selection; 0 shows all months"),
    ("Page Up and Page Down in Rows", "Show earlier or later dates"),
    ("Up, Down, Page Up and Page Down in Agenda", "Go to an earlier or later occurrence"),
    ("Up and Down in Week", "Go to the previous or next night"),
    ("Left and Right in Week", "Go to the previous or next occurrence"),
    ("Page Up and Page Down elsewhere", "Go to the previous or next month, or week in Week"),
    ("Left and Right in Day", "Show the previous or next day"),
    ("Up and Down in Day", "Go to the previous or next occurrence"),
    ("Arrow keys", "Go to the next day, week or month, as they are on the page"),
    ("Space", "Go to the next occurrence of the day"),
    ("Enter", "Open the month of the selected day, then the day"),
    ("Insert", "Add a window on the selected day"),
    ("Ctrl or Shift and a click", "Select one more date, or all between"),
    ("Shift and a drag on the ground", "Select the dates that the box touches"),
    ("Shift in a drag", "Ask whether to move only this date, later ones too, or all"),
    ("Alt or Ctrl in a drag", "Add a date to the window instead of moving one"),
    ("Escape", "End a drag, close the day, then the month"),
];
