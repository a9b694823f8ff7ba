//! German words in rules, as the English words that they stand for.

/// The English words for a German one in lower case. Empty for an article. None for any other word.
pub(super) fn in_english(word: &str) -> Option<&'static str> {
    Some(match word {
        "montag" | "montags" => "monday",
        "di" | "dienstag" | "dienstags" => "tuesday",
        "mi" | "mittwoch" | "mittwochs" => "wednesday",
        "do" | "donnerstag" | "donnerstags" => "thursday",
        "freitag" | "freitags" => "friday",
        "samstag" | "samstags" | "sonnabend" | "sonnabends" => "saturday",
        "so" | "sonntag" | "sonntags" => "sunday",
        "erster" | "erste" | "ersten" | "erstes" => "first",
        "zweiter" | "zweite" | "zweiten" | "zweites" => "second",
        "dritter" | "dritte" | "dritten" | "drittes" => "third",
        "vierter" | "vierte" | "vierten" | "viertes" => "fourth",
        "fünfter" | "fünfte" | "fünften" | "fuenfter" | "fuenften" => "fifth",
        "letzter" | "letzte" | "letzten" | "letztes" => "last",
        "ultimo" | "monatsletzter" | "monatsende" => "last day",
        "monatserster" => "first day",
        "und" | "u" => "and",
        "zwei" => "two",
        "drei" => "three",
        "vier" => "four",
        "sechs" => "six",
        "jeden" | "jeder" | "jede" | "jedes" | "alle" => "every",
        "am" => "on",
        "im" | "des" | "vom" => "of",
        "monat" | "monats" => "month",
        "monate" | "monaten" => "months",
        "monatlich" => "monthly",
        "quartal" | "quartals" => "quarter",
        "quartalsweise" | "vierteljährlich" => "quarterly",
        "jährlich" => "yearly",
        "woche" => "week",
        "wochen" => "weeks",
        "wöchentlich" => "weekly",
        "14-tägig" | "14-täglich" | "vierzehntägig" | "zweiwöchentlich" | "zweiwöchig" | "fortnightly" | "biweekly"
        | "bi-weekly" => "every 2 weeks",
        "fortnight" => "2 weeks",
        "werktag" | "arbeitstag" | "bankarbeitstag" => "workday",
        "vorletzter" | "vorletzte" | "vorletzten" | "vorletztes" | "zweitletzter" | "zweitletzte" | "zweitletzten" => {
            "penultimate"
        }
        "vorvorletzter" | "vorvorletzte" | "vorvorletzten" | "drittletzter" | "drittletzte" | "drittletzten" => {
            "antepenultimate"
        }
        "viertletzter" | "viertletzte" | "viertletzten" => "fourth last",
        "täglich" => "daily",
        "werktags" => "weekdays",
        "tag" => "day",
        "tage" | "tagen" => "days",
        "nach" => "after",
        "vor" => "before",
        "der" | "die" | "das" | "dem" | "den" => "",
        _ => return None,
    })
}
