//! The order of day and month, decided by all dates of a table together.

use chrono::NaiveDate;

use super::dates::{WrittenDate, read};
use super::table_preview::AmbiguousDate;
use crate::model::DayOrder;
use crate::wording::date as date_in_words;

/// How the dates of a table are read. Dates with dots, slashes and dashes are judged apart, since different programs
/// wrote them.
#[derive(Clone, Debug, Default)]
pub struct DateOrder {
    given: Option<DayOrder>,
    /// How a person read earlier tables with the same titles, or what the titles say, with words for that. Counts only
    /// where nothing in this table decides.
    usual: Option<(DayOrder, &'static str)>,
    dots: Evidence,
    slashes: Evidence,
    dashes: Evidence,
}

const SEPARATORS: [char; 3] = ['.', '/', '-'];

/// What the cells of a column prove about their order.
#[derive(Clone, Debug, Default)]
struct Evidence {
    /// The first date that can only be read with the day first.
    day_first: Option<String>,
    month_first: Option<String>,
    /// The first date that can be read both ways.
    open: Option<String>,
    /// There is a date of two numbers before the year.
    is_seen: bool,
}

impl DateOrder {
    /// By all dates of a table, unless a person gave an order.
    pub fn new<'a>(
        dates: impl Iterator<Item = &'a str>,
        given: Option<DayOrder>,
        usual: Option<(DayOrder, &'static str)>,
    ) -> Self {
        let mut order = Self { given, usual, ..Self::default() };
        for text in dates {
            let Ok(WrittenDate::Numbers { separator, day_first, month_first }) = read(text) else { continue };
            let evidence = order.evidence_mut(separator);
            evidence.is_seen = true;
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

    fn evidence(&self, separator: char) -> &Evidence {
        match separator {
            '.' => &self.dots,
            '-' => &self.dashes,
            _ => &self.slashes,
        }
    }

    /// None if the column proves both, or nothing.
    fn order(&self, separator: char) -> Option<DayOrder> {
        let evidence = self.evidence(separator);
        let proves_nothing = evidence.day_first.is_none() && evidence.month_first.is_none();
        self.given.or(self.proven(separator)).or(self.usual.filter(|_| proves_nothing).map(|(order, _)| order))
    }

    /// What the dates themselves show.
    fn proven(&self, separator: char) -> Option<DayOrder> {
        let evidence = self.evidence(separator);
        match (&evidence.day_first, &evidence.month_first) {
            (Some(_), None) => Some(DayOrder::DayFirst),
            (None, Some(_)) => Some(DayOrder::MonthFirst),
            // In dates with dots, the day comes first.
            (None, None) => (separator == '.').then_some(DayOrder::DayFirst),
            (Some(_), Some(_)) => None,
        }
    }

    /// A date whose order nothing in the table decides. A person must answer that.
    pub fn open(&self) -> Option<&str> {
        let is_open = |separator: &char| self.order(*separator).is_none();
        let mut open = ['/', '-'].into_iter().filter(is_open).map(|separator| self.evidence(separator));
        open.find_map(|evidence| evidence.open.as_deref())
    }

    /// The order in which dates of a column are read, if it matters.
    pub fn reading<'a>(&self, mut dates: impl Iterator<Item = &'a str>) -> Option<DayOrder> {
        if !SEPARATORS.into_iter().any(|separator| self.evidence(separator).is_seen) {
            return None;
        }
        dates.find_map(|text| match read(text) {
            Ok(WrittenDate::Numbers { separator, .. }) => self.order(separator),
            _ => None,
        })
    }

    /// The first of these dates that can be read both ways and that the table does not decide, with what was chosen.
    pub fn ambiguous<'a>(&self, mut dates: impl Iterator<Item = &'a str>) -> Option<AmbiguousDate> {
        let is_open = |separator| self.evidence(separator).open.is_some() && self.proven(separator).is_none();
        if !SEPARATORS.into_iter().any(is_open) {
            return None;
        }
        dates.find_map(|text| match read(text) {
            Ok(WrittenDate::Numbers { separator, day_first: Some(day_first), month_first: Some(month_first) })
                if day_first != month_first && self.proven(separator).is_none() =>
            {
                Some(AmbiguousDate { text: text.to_owned(), day_first, month_first, order: self.order(separator) })
            }
            _ => None,
        })
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
            let is_usual_here = self.given.is_none() && proof.is_none();
            let usual = self.usual.filter(|_| is_usual_here).map_or(String::new(), |(_, why)| format!(", {why}"));
            let because = proof.map_or(usual, |proof| format!(", as \"{proof}\" can be read only so"));
            Some(format!("\"{open}\" is read {order}: {}{because}", date_in_words(on)))
        };
        let in_both_orders = |(_, evidence): (char, &Evidence)| {
            let (day_first, month_first) = (evidence.day_first.as_deref()?, evidence.month_first.as_deref()?);
            let orders = format!("\"{day_first}\" has the day first, \"{month_first}\" the month: check these dates");
            self.given.is_none().then_some(orders)
        };
        all.into_iter().filter_map(of_one).chain(all.into_iter().filter_map(in_both_orders)).collect()
    }
}

/// The order that a title names: "Date (dd/mm/yyyy)".
pub fn order_in_title(title: &str) -> Option<DayOrder> {
    let title = title.to_lowercase();
    let names = |day: char, month: char| {
        ['/', '.', '-'].iter().any(|separator| title.contains(&format!("{day}{separator}{month}")))
    };
    let begins_with_year =
        ["yy-m", "yy/m", "yy.m", "jjjj-m", "jjjj/m", "jjjj.m"].iter().any(|year| title.contains(year));
    if begins_with_year {
        return None;
    }
    match (names('d', 'm') || names('t', 'm') || names('j', 'm'), names('m', 'd') || names('m', 't')) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(dates: &[&str]) -> DateOrder {
        DateOrder::new(dates.iter().copied(), None, None)
    }

    #[test]
    fn a_title_may_name_the_order() {
        for (title, expected) in [
            ("Date (dd/mm/yyyy)", Some(DayOrder::DayFirst)),
            ("Datum [TT.MM.JJJJ]", Some(DayOrder::DayFirst)),
            ("date jj/mm/aaaa", Some(DayOrder::DayFirst)),
            ("Date (M/D/YYYY)", Some(DayOrder::MonthFirst)),
            ("Date (yyyy-mm-dd)", None),
            ("Datum (JJJJ-MM-TT)", None),
            ("Date", None),
        ] {
            assert_eq!(order_in_title(title), expected, "{title}");
        }
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
        let both = order(&["13/04/2027", "04/13/2027"]);
        assert_eq!(both.readings(), ["\"13/04/2027\" has the day first, \"04/13/2027\" the month: check these dates"]);
        assert_eq!(order(&["13/04/2027", "04/13/2027", "05/06/2027"]).open(), Some("05/06/2027"));
        let given = DateOrder::new(["03/04/2027"].into_iter(), Some(DayOrder::MonthFirst), None);
        assert_eq!((given.open(), given.date("03/04/2027").ok()), (None, march));
        assert!(given.date("13/04/2027").is_err());
        assert_eq!(
            order(&["03/04/2027", "13/03/2027"]).readings(),
            ["\"03/04/2027\" is read day first: Sat 3 Apr 2027, as \"13/03/2027\" can be read only so"]
        );
    }
}
