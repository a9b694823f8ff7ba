//! The order of day and month, decided by all dates of a table together.

use chrono::NaiveDate;

use super::dates::{DayOrder, WrittenDate, read};
use crate::wording::date as date_in_words;

/// How the dates of a table are read. Dates with dots, slashes and dashes are judged apart, since different programs
/// wrote them.
#[derive(Clone, Debug, Default)]
pub struct DateOrder {
    given: Option<DayOrder>,
    dots: Evidence,
    slashes: Evidence,
    dashes: Evidence,
}

/// What the cells of a column prove about their order.
#[derive(Clone, Debug, Default)]
struct Evidence {
    /// The first date that can only be read with the day first.
    day_first: Option<String>,
    month_first: Option<String>,
    /// The first date that can be read both ways.
    open: Option<String>,
}

impl DateOrder {
    /// By all dates of a table, unless a person gave an order.
    pub fn new<'a>(dates: impl Iterator<Item = &'a str>, given: Option<DayOrder>) -> Self {
        let mut order = Self { given, ..Self::default() };
        for text in dates {
            let Ok(WrittenDate::Numbers { separator, day_first, month_first }) = read(text) else { continue };
            let evidence = order.evidence_mut(separator);
            let example = match (day_first, month_first) {
                (Some(a), Some(b)) if a == b => continue,
                (Some(_), Some(_)) => &mut evidence.open,
                (Some(_), None) => &mut evidence.day_first,
                (None, _) => &mut evidence.month_first,
            };
            example.get_or_insert_with(|| text.to_owned());
        }
        order
    }

    fn evidence_mut(&mut self, separator: char) -> &mut Evidence {
        match separator {
            '.' => &mut self.dots,
            '-' => &mut self.dashes,
            _ => &mut self.slashes,
        }
    }

    /// The date that a cell means.
    ///
    /// # Errors
    /// Why it does not mean one date, as a sentence.
    pub fn date(&self, text: &str) -> Result<NaiveDate, String> {
        let (separator, day_first, month_first) = match read(text)? {
            WrittenDate::On(on) => return Ok(on),
            WrittenDate::Numbers { separator, day_first, month_first } => (separator, day_first, month_first),
        };
        let order = self.order(separator);
        match (order, day_first, month_first) {
            (Some(DayOrder::DayFirst), Some(on), _) | (Some(DayOrder::MonthFirst), _, Some(on)) => Ok(on),
            (None, Some(on), None) | (None, None, Some(on)) => Ok(on),
            (None, Some(on), Some(other)) if on == other => Ok(on),
            (None, Some(on), Some(other)) => {
                Err(format!("Ambiguous date \"{text}\" ({on} or {other}): use e.g. 2027-03-13"))
            }
            (Some(order), _, _) => Err(format!("Invalid date \"{text}\": dates here are read {order}")),
            (None, None, None) => Err(format!("Invalid date \"{text}\": use e.g. 2027-03-13")),
        }
    }

    /// None if the column proves both, or nothing.
    fn order(&self, separator: char) -> Option<DayOrder> {
        let evidence = match separator {
            '.' => &self.dots,
            '-' => &self.dashes,
            _ => &self.slashes,
        };
        let proven = match (&evidence.day_first, &evidence.month_first) {
            (Some(_), None) => Some(DayOrder::DayFirst),
            (None, Some(_)) => Some(DayOrder::MonthFirst),
            // Where dates have dots, the day comes first.
            (None, None) => (separator == '.').then_some(DayOrder::DayFirst),
            (Some(_), Some(_)) => None,
        };
        self.given.or(proven)
    }

    /// A date whose order nothing in the table decides. A person must be asked.
    pub fn open(&self) -> Option<&str> {
        let nothing_proven = |evidence: &&Evidence| evidence.day_first.is_none() && evidence.month_first.is_none();
        let mut open = [&self.slashes, &self.dashes].into_iter().filter(nothing_proven);
        open.find_map(|evidence| evidence.open.as_deref()).filter(|_| self.given.is_none())
    }

    /// Says how dates are read that could be read otherwise, and why.
    pub fn readings(&self) -> Vec<String> {
        let all = [('.', &self.dots), ('/', &self.slashes), ('-', &self.dashes)];
        let of_one = |(separator, evidence): (char, &Evidence)| {
            let open = evidence.open.as_deref()?;
            let order = self.order(separator)?;
            let proof =
                evidence.day_first.as_deref().or(evidence.month_first.as_deref()).filter(|_| self.given.is_none());
            // With dots no other order is usual.
            let is_usual = separator == '.' && order == DayOrder::DayFirst;
            let on = self.date(open).ok().filter(|_| !is_usual)?;
            let because = proof.map_or_else(String::new, |proof| format!(", as \"{proof}\" can be read only so"));
            Some(format!("\"{open}\" is read {order}: {}{because}", date_in_words(on)))
        };
        all.into_iter().filter_map(of_one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(dates: &[&str]) -> DateOrder {
        DateOrder::new(dates.iter().copied(), None)
    }

    #[test]
    fn the_column_decides_what_a_cell_leaves_open() {
        let april = NaiveDate::from_ymd_opt(2027, 4, 3);
        let march = NaiveDate::from_ymd_opt(2027, 3, 4);
        for (others, expected) in [
            (&["13/03/2027"][..], april),
            (&["3/13/2027"], march),
            (&["Sat 03/04/2027"], april),
            (&["Thu 03/04/2027"], march),
            (&["13.03.2027"], None),
            (&["13/03/2027", "3/13/2027"], None),
            (&["04/04/2027"], None),
        ] {
            let dates: Vec<&str> = others.iter().copied().chain(["03/04/2027"]).collect();
            assert_eq!(order(&dates).date("03/04/2027").ok(), expected, "{others:?}");
        }
        assert_eq!(
            order(&[]).date("03/04/2027").unwrap_err(),
            "Ambiguous date \"03/04/2027\" (2027-04-03 or 2027-03-04): use e.g. 2027-03-13"
        );
        assert_eq!(order(&["03/04/2027"]).open(), Some("03/04/2027"));
        assert_eq!(order(&["03/04/2027", "13/03/2027"]).open(), None);
        let given = DateOrder::new(["03/04/2027"].into_iter(), Some(DayOrder::MonthFirst));
        assert_eq!((given.open(), given.date("03/04/2027").ok()), (None, march));
        assert!(given.date("13/04/2027").is_err());
        assert_eq!(
            order(&["03/04/2027", "13/03/2027"]).readings(),
            ["\"03/04/2027\" is read day first: Sat 3 Apr 2027, as \"13/03/2027\" can be read only so"]
        );
    }
}
