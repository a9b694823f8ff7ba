//! Formats of mails that are not read, though a calendar may be in them.

/// A mail, or a part of one, whose content is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnreadFormat {
    /// .msg
    OutlookMessage,
    /// .pst, .ost
    OutlookFolder,
    /// TNEF
    Winmail,
    /// Encrypted, or packed together with a signature.
    Sealed,
    /// An .emlx whose attachments are other files.
    Incomplete,
    /// More parts, or deeper ones, than are read.
    TooManyParts,
    /// A mail, or a part of one, whose headers are longer than are read.
    LongHeaders,
}

impl UnreadFormat {
    fn reason(self) -> &'static str {
        match self {
            Self::OutlookMessage => "A message in Outlook's format (.msg) is not read",
            Self::OutlookFolder => "An Outlook data file (.pst, .ost) is not read",
            Self::Winmail => "A part of the mail is in Outlook's format winmail.dat, which only Outlook reads",
            Self::Sealed => "The mail is encrypted, or sealed with its signature, and its content is not read",
            Self::Incomplete => "Apple Mail has stored the attachments of this mail elsewhere (.partial.emlx)",
            Self::TooManyParts => "The mail has too many parts, or parts too deep inside others, to read all of them",
            Self::LongHeaders => "The mail, or a part of it, has more than 1 MB of headers and is not read",
        }
    }

    /// Why it is not read, and how its replies can be imported.
    pub fn for_replies(self) -> String {
        let remedy = match self {
            Self::OutlookMessage => "save the reply as .eml or .ics, or enter the answer in the ledger",
            Self::OutlookFolder => "save the replies in it as .eml or .ics",
            Self::Winmail => "enter the answer in the ledger",
            Self::Sealed | Self::TooManyParts | Self::LongHeaders => {
                "save the reply as .ics, or enter the answer in the ledger"
            }
            Self::Incomplete => "save the mail as .eml, or enter the answer in the ledger",
        };
        format!("{}: {remedy}", self.reason())
    }

    /// Why it is not read, and how its calendars can be imported.
    pub fn for_calendars(self) -> String {
        let remedy = match self {
            Self::OutlookMessage | Self::OutlookFolder => "save the mails in it as .eml, or the calendar as .ics",
            Self::Winmail | Self::Sealed | Self::TooManyParts | Self::LongHeaders => "save the calendar as .ics",
            Self::Incomplete => "save the mail as .eml, or the calendar as .ics",
        };
        format!("{}: {remedy}", self.reason())
    }
}
