//! Freezes of a table that the plan has already: none is added twice, and what differs is said.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use crate::model::{ChangeFreeze, FreezeSpan, Plan};
use crate::wording::{counted, list_in_sentence};

/// A warning names at most this many spans of days.
const MOST_SPANS: usize = 3;

/// The first and the last day, the interval in months, and the name.
type Key = (NaiveDate, NaiveDate, Option<u16>, String);

/// The freezes of the plan, and those of the table.
pub(super) struct KnownFreezes<'a> {
    plan: &'a Plan,
    by_name: HashMap<String, Vec<&'a ChangeFreeze>>,
    /// The days of the freezes of the table, by name in lower case.
    listed_days: BTreeMap<String, Vec<FreezeSpan>>,
    listed: HashSet<Key>,
    seen: HashSet<Key>,
    /// A row is a freeze of the plan, so the table may have been imported before.
    is_later: bool,
    /// Names that the plan has on other days, with how many rows become freezes beside them.
    beside: BTreeMap<String, usize>,
    /// Names of freezes that the plan has on the same days, and the names in the table.
    renamed: Vec<(String, String)>,
}

impl<'a> KnownFreezes<'a> {
    /// `listed` are those of the table, `cancelled` those that it says do not apply.
    pub fn new<'b>(
        plan: &'a Plan,
        listed: impl Iterator<Item = &'b ChangeFreeze>,
        cancelled: impl Iterator<Item = &'b ChangeFreeze>,
    ) -> Self {
        let mut by_name: HashMap<String, Vec<&ChangeFreeze>> = HashMap::new();
        for freeze in plan.freezes() {
            by_name.entry(freeze.name.to_lowercase()).or_default().push(freeze);
        }
        let (mut listed_days, mut keys) = (BTreeMap::<_, Vec<_>>::new(), HashSet::new());
        let mut add_days = |freeze: &ChangeFreeze| {
            listed_days.entry(freeze.name.to_lowercase()).or_default().extend(days(freeze, freeze, plan));
        };
        for freeze in listed {
            add_days(freeze);
            keys.insert(key(freeze));
        }
        cancelled.for_each(add_days);
        Self {
            plan,
            by_name,
            listed_days,
            listed: keys,
            seen: HashSet::new(),
            is_later: false,
            beside: BTreeMap::new(),
            renamed: Vec::new(),
        }
    }

    /// `says_scope` if the row has a scope.
    ///
    /// # Errors
    /// The plan or an earlier row has it, or the plan has one of that name on other days that overlap it.
    pub fn check(&mut self, freeze: ChangeFreeze, says_scope: bool) -> Result<ChangeFreeze, String> {
        let same_name = self.by_name.get(&freeze.name.to_lowercase()).cloned().unwrap_or_default();
        let already = || format!("\"{}\" from {} is already there", freeze.name, freeze.first_on);
        if !self.seen.insert(key(&freeze)) {
            return Err(already());
        }
        if let Some(old) = same_name.iter().find(|old| is_same(old, &freeze)) {
            self.is_later = true;
            return Err(if says_scope && old.scope != freeze.scope {
                format!("{} is in the plan already with another scope: change it in the plan", quoted(old))
            } else {
                already()
            });
        }
        let other = overlapping(&freeze, &same_name, self.plan).find(|old| !self.listed.contains(&key(old)));
        if let Some(old) = other {
            self.is_later = true;
            return Err(format!(
                "{} is in the plan already with other days: change it in the plan, or rename it in the table",
                quoted(old)
            ));
        }
        if same_name.is_empty() {
            self.renamed.extend(self.renamed_from(&freeze).map(|old| (old.name.clone(), freeze.name.clone())));
        } else {
            *self.beside.entry(freeze.name.clone()).or_default() += 1;
        }
        Ok(freeze)
    }

    /// The freeze of the plan on exactly these days that the table does not name.
    fn renamed_from(&self, freeze: &ChangeFreeze) -> Option<&'a ChangeFreeze> {
        let is_it = |old: &&&'a ChangeFreeze| {
            (old.first_on, old.last_on, old.every_months) == (freeze.first_on, freeze.last_on, freeze.every_months)
                && !self.listed_days.contains_key(&old.name.to_lowercase())
        };
        self.by_name.values().flatten().find(is_it).copied()
    }

    /// What stays in the plan although a row says that it is cancelled.
    pub fn although_cancelled(&self, freeze: &ChangeFreeze) -> Option<String> {
        let same_name = self.by_name.get(&freeze.name.to_lowercase())?;
        let old = overlapping(freeze, same_name, self.plan).next()?;
        Some(format!("{} stays in the plan although it is cancelled: remove it there", quoted(old)))
    }

    /// What a person should know: freezes beside others of their name, and what the table no longer has.
    pub fn finish(self) -> Vec<String> {
        let beside = self.beside.iter().map(|(name, count)| {
            let verb = if *count == 1 { "becomes a freeze" } else { "become freezes" };
            let rows = counted(*count, "row");
            format!("\"{name}\" is in the plan already on other days: {rows} {verb} of the same name")
        });
        let all = || self.listed_days.values().flatten();
        let span = all().map(|span| span.first_on).min().zip(all().map(|span| span.last_on).max());
        let gone = self.listed_days.iter().flat_map(|(name, listed)| {
            let same_name = self.by_name.get(name).into_iter().flatten();
            same_name.filter_map(move |old| gone(old, listed, span?))
        });
        let renamed = self.renamed.iter().map(|(old, new)| {
            format!(
                "\"{new}\" is on the days of \"{old}\", which the plan has and the table does not: remove one if it was renamed"
            )
        });
        beside.chain(renamed).chain(gone).chain(self.missing()).collect()
    }

    /// Says which freezes of the plan's months the table does not name at all, if it was probably imported before.
    fn missing(&self) -> Option<String> {
        let horizon = self.plan.horizon();
        let is_missing = |freeze: &&ChangeFreeze| {
            freeze.imported.is_none()
                && !self.listed_days.contains_key(&freeze.name.to_lowercase())
                && !freeze.spans(horizon.from, horizon.last()).is_empty()
        };
        let all = self.plan.freezes().iter().map(|freeze| &**freeze).filter(|_| self.is_later);
        let missing: Vec<String> = all.filter(is_missing).map(quoted).collect();
        let (verb, count) = (if missing.len() == 1 { "is" } else { "are" }, counted(missing.len(), "other freeze"));
        let names = list_in_sentence(&missing, MOST_SPANS);
        (!missing.is_empty()).then(|| format!("{count} of the plan {verb} not in the table and not changed: {names}"))
    }
}

/// Says which days of a freeze the table no longer has, though it has others of that name.
fn gone(old: &ChangeFreeze, listed: &[FreezeSpan], (from, to): (NaiveDate, NaiveDate)) -> Option<String> {
    let is_gone = |span: &FreezeSpan| !listed.iter().any(|row| overlap(*row, *span));
    let gone: Vec<String> = old.spans(from, to).into_iter().filter(is_gone).map(in_words).collect();
    if gone.is_empty() {
        return None;
    }
    let verb = if gone.len() == 1 { "is not in the table and stays" } else { "are not in the table and stay" };
    let days = list_in_sentence(gone, MOST_SPANS);
    Some(format!("\"{}\": {days} {verb} in the plan: remove there what does not apply", old.name))
}

/// Whether the plan has exactly this freeze, alone or as one day of those that recur.
fn is_same(old: &ChangeFreeze, freeze: &ChangeFreeze) -> bool {
    let own = FreezeSpan { first_on: freeze.first_on, last_on: freeze.last_on };
    let recurs_then = || old.spans(own.first_on, own.last_on) == [own];
    (freeze.period().is_none() || old.period() == freeze.period()) && recurs_then()
}

/// The freezes that overlap another one within the plan's months, or at its first days.
fn overlapping<'a>(
    freeze: &ChangeFreeze,
    others: &[&'a ChangeFreeze],
    plan: &Plan,
) -> impl Iterator<Item = &'a ChangeFreeze> {
    let own = days(freeze, freeze, plan);
    let overlaps = |old: &&'a ChangeFreeze| {
        let theirs = days(old, freeze, plan);
        theirs.iter().any(|theirs| own.iter().any(|own| overlap(*own, *theirs)))
    };
    others.iter().copied().filter(overlaps).collect::<Vec<_>>().into_iter()
}

/// The days of a freeze in the plan's months and around another freeze.
fn days(freeze: &ChangeFreeze, around: &ChangeFreeze, plan: &Plan) -> Vec<FreezeSpan> {
    let horizon = plan.horizon();
    freeze.spans(horizon.from.min(around.first_on), horizon.last().max(around.last_on))
}

fn overlap(one: FreezeSpan, other: FreezeSpan) -> bool {
    one.first_on <= other.last_on && other.first_on <= one.last_on
}

/// "2027-12-13 to 2027-12-31"
fn in_words(span: FreezeSpan) -> String {
    format!("{} to {}", span.first_on, span.last_on)
}

/// The name of a freeze with its days: "\"YE\" (2027-12-13 to 2027-12-31, every year)".
fn quoted(freeze: &ChangeFreeze) -> String {
    let days = in_words(FreezeSpan { first_on: freeze.first_on, last_on: freeze.last_on });
    let period = freeze.period_in_words().map_or(String::new(), |period| format!(", {period}"));
    format!("\"{}\" ({days}{period})", freeze.name)
}

fn key(freeze: &ChangeFreeze) -> Key {
    (freeze.first_on, freeze.last_on, freeze.every_months, freeze.name.clone())
}
