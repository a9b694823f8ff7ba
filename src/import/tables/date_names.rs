//! Names of months and weekdays in the languages in which spreadsheets are kept.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::Weekday;

/// The months in English, German, French, Spanish, Italian, Dutch and Portuguese. Abbreviations stand for themselves.
const MONTHS: [&str; 12] = [
    "january jan januar jänner jän januari janvier janv enero ene gennaio gen janeiro",
    "february feb februar feber februari février fevrier févr fevr fév fev febrero febbraio fevereiro",
    "march mar märz maerz mär mrz mars marzo maart mrt março marco",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag mei maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro",
];

/// The weekdays in the same languages, Monday first.
const WEEKDAYS: [&str; 7] = [
    "monday mon mo montag lundi lun lunes lunedì lunedi maandag segunda 月",
    "tuesday tue tues tu di dienstag die mardi martes martedì martedi dinsdag terça 火",
    "wednesday wed we mi mittwoch mit mercredi mer miércoles miercoles mercoledì mercoledi woensdag quarta 水",
    "thursday thu thur thurs th do donnerstag don jeudi jeu jueves giovedì giovedi gio donderdag quinta 木",
    "friday fri fr freitag fre vendredi ven viernes venerdì venerdi vrijdag sexta 金",
    "saturday sat sa samstag sam sonnabend samedi sábado sabado sáb sab sabato zaterdag 土",
    "sunday sun su so sonntag son dimanche dim domingo dom domenica zondag 日",
];

const DAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

// A table can have a million cells, so no list is searched.
static MONTH_NUMBERS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| by_name(&MONTHS));
static DAY_NUMBERS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| by_name(&WEEKDAYS));

/// The position in the list of each name.
fn by_name(lists: &[&'static str]) -> HashMap<&'static str, usize> {
    lists.iter().enumerate().flat_map(|(index, names)| names.split(' ').map(move |name| (name, index))).collect()
}

/// The number of the month with that name in lower case, from 1.
pub fn month(word: &str) -> Option<u32> {
    MONTH_NUMBERS.get(word).and_then(|index| u32::try_from(index + 1).ok())
}

/// The weekday with that name in lower case. "mar" is March, unless another word names the month.
pub fn weekday(word: &str) -> Option<Weekday> {
    if word == "mar" {
        return Some(Weekday::Tue);
    }
    let word = word.trim_end_matches("曜日").trim_end_matches("曜");
    DAY_NUMBERS.get(word).map(|index| DAYS[*index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_one_month_and_one_weekday() {
        for names in [&MONTHS[..], &WEEKDAYS[..]] {
            let mut all: Vec<&str> = names.iter().flat_map(|names| names.split(' ')).collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count);
        }
        assert_eq!((month("märz"), month("août"), month("foo")), (Some(3), Some(8), None));
        assert_eq!((weekday("土曜日"), weekday("sa"), weekday("x")), (Some(Weekday::Sat), Some(Weekday::Sat), None));
    }
}
