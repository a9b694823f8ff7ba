//! Compares the result with every possible choice of standby windows on small ladders.

use super::*;

const DAY: i32 = 24 * 60;

fn span(start: i32, length: i32) -> Span {
    Span { start_at: UtcMinute(start), end_at: UtcMinute(start + length) }
}

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A ladder over `days` days: windows at 20:00 of some days, standbys at 22:00 of most.
fn level(dice: &mut Dice, days: i32) -> LadderLevel {
    let often = 2 + dice.roll(8);
    let sets = 1 + dice.roll(2);
    let mut set = || (0..days).filter(|_| dice.roll(often) == 0).map(|day| span(day * DAY + 20 * 60, 120)).collect();
    let existing = (0..sets).map(|_| set()).collect();
    let standbys = (0..days).filter(|_| dice.roll(6) > 0).map(|day| span(day * DAY + 22 * 60, 120)).collect();
    LadderLevel { existing, standbys, soak: dice.roll(3) as i32 * DAY / 2 }
}

/// Fails if a choice of fewer standby windows leaves no more days late, or if any choice leaves fewer days late.
#[track_caller]
fn assert_fewest(found: &Rounds, levels: &[LadderLevel], late: &[UtcMinute], within: Minutes) {
    let all: Vec<(usize, usize)> = levels
        .iter()
        .enumerate()
        .flat_map(|(index, level)| (0..level.standbys.len()).map(move |standby| (index, standby)))
        .collect();
    let left = |choice: u32| {
        let picked: BTreeSet<_> =
            all.iter().enumerate().filter(|(bit, _)| choice & (1 << bit) != 0).map(|(_, pick)| *pick).collect();
        late.iter().filter(|at| !is_in_time(levels, &picked, **at, within)).count()
    };
    let choices = 0..1_u32 << all.len();
    assert!(left(choices.end - 1) >= found.left, "all together leave fewer days late: {levels:?}");
    let smaller = choices.filter(|choice| (choice.count_ones() as usize) < found.picked.len());
    for choice in smaller {
        assert!(left(choice) > found.left, "{choice:b} instead of {found:?}: {levels:?}");
    }
}

#[track_caller]
fn is_fewest(groups: usize, days: i32, cases: u64) {
    let (mut needed, mut mixed) = (0, 0);
    for case in 0..cases {
        let mut dice = Dice(case);
        let levels: Vec<LadderLevel> = (0..groups).map(|_| level(&mut dice, days)).collect();
        let within = Minutes::days(2 + dice.roll(4) as u32);
        let none = BTreeSet::new();
        let starts = (0..days).map(|day| UtcMinute(day * DAY)).filter(|at| at.0 + within.signed() <= days * DAY);
        let late: Vec<UtcMinute> = starts.filter(|at| !is_in_time(&levels, &none, *at, within)).collect();
        let found = Rounds::fewest(&levels, &late, within);
        assert_fewest(&found, &levels, &late, within);
        needed += usize::from(!found.picked.is_empty());
        mixed += usize::from(!found.picked.len().is_multiple_of(groups));
    }
    assert!(needed * 2 > cases as usize, "{needed} of {cases} cases need standbys");
    assert!(groups == 1 || mixed > 0, "no case mixes standbys with existing windows");
}

#[test]
fn no_choice_of_windows_for_one_group_is_smaller() {
    is_fewest(1, 13, 60);
}

#[test]
fn no_choice_of_windows_for_two_groups_is_smaller() {
    is_fewest(2, 7, 60);
}

#[test]
fn no_choice_of_windows_for_three_groups_is_smaller() {
    is_fewest(3, 5, 60);
}

#[test]
fn a_window_is_set_on_the_latest_day_that_still_serves() {
    let standbys = (0..10).map(|day| span(day * DAY + 22 * 60, 120)).collect();
    let level = LadderLevel { existing: vec![Vec::new()], standbys, soak: 0 };
    let late: Vec<UtcMinute> = (0..8).map(|day| UtcMinute(day * DAY)).collect();
    let found = Rounds::fewest(&[level], &late, Minutes::days(3));
    assert_eq!(found.picked.into_iter().collect::<Vec<_>>(), [(0, 2), (0, 5), (0, 8)]);
    assert_eq!(found.left, 0);
}

#[test]
fn seventeen_groups_get_their_standby_windows() {
    let level =
        |group: i32| LadderLevel { existing: vec![Vec::new()], standbys: vec![span(group * DAY, 120)], soak: 60 };
    let levels: Vec<LadderLevel> = (0..17).map(level).collect();
    let found = Rounds::fewest(&levels, &[UtcMinute(0)], Minutes::days(30));
    assert_eq!((found.picked.len(), found.left), (17, 0));
}

#[test]
fn a_long_standby_window_makes_days_late_that_were_in_time() {
    let existing = vec![span(4 * DAY, 120)];
    let level = LadderLevel { existing: vec![existing], standbys: vec![span(3 * DAY, 5 * DAY)], soak: 0 };
    let (picked, within) = (BTreeSet::from([(0, 0)]), Minutes::days(2));
    let days = || [2, 3, 4].into_iter().map(|day| UtcMinute(day * DAY));
    let levels = [level];
    assert_eq!(late_days(&levels, &BTreeSet::new(), days().skip(1), within), 0);
    assert_eq!(late_days(&levels, &picked, days(), within), 2, "the standby window begins first and ends late");
}
