//! People, teams and bookings for tests: those of the small world of edits, and wild ones.

use chrono::{NaiveDate, Weekday};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::*;

use crate::support::edits::{a_date, one, some};
use crate::support::full::clock;
use crate::support::plans::{any_date, any_hours, any_text, ids};

pub fn limits() -> impl Strategy<Value = PeopleLimits> {
    (select(vec![1, 3]), select(vec![2, 8]), select(vec![0, 11, 30])).prop_map(
        |(nights_in_a_row, nights_a_month, hours)| PeopleLimits {
            nights_in_a_row,
            nights_a_month,
            rest: Minutes::hours(hours),
        },
    )
}

/// Bookings for dates that `a_date` gives, or for all.
pub fn bookings<S: Strategy<Value = NaiveDate>>(a_date: impl Fn() -> S) -> impl Strategy<Value = Vec<Booking>> {
    let duty = select(vec![Duty::Work, Duty::Testing(Minutes::hours(2)), Duty::Testing(Minutes(0)), Duty::Watch]);
    let who = prop_oneof![one("person").prop_map(Assignee::Person), one("team").prop_map(Assignee::Team)];
    let booking = (duty, who, option::weighted(0.3, a_date())).prop_map(|(duty, who, on)| Booking { duty, who, on });
    vec(booking, 0..3)
}

pub fn a_person() -> impl Strategy<Value = Person> {
    let hours = select(vec![(20, 6), (8, 18), (0, 0)]).prop_map(|(from, until)| AllowedHours {
        days: vec![Weekday::Fri, Weekday::Sat, Weekday::Sun],
        from: clock(from, 0),
        until: clock(until, 0),
    });
    let away = (a_date(), 0..40_u64).prop_map(|(first_on, days)| Absence {
        first_on,
        last_on: first_on + chrono::Days::new(days),
        reason: String::new(),
    });
    (one::<PersonId>("person"), vec(hours, 0..2), vec(away, 0..3), informed_of()).prop_map(
        |(id, available, away, informed_of)| Person {
            available,
            away,
            email: format!("{id}@bank.example"),
            informed_of,
            ..Person::new(id.clone(), id.as_str())
        },
    )
}

pub fn a_team() -> impl Strategy<Value = Team> {
    (one::<TeamId>("team"), some("person"), option::of(0..3_u16), informed_of()).prop_map(
        |(id, people, needed, informed_of)| Team { people, needed, informed_of, ..Team::new(id.clone(), id.as_str()) },
    )
}

fn informed_of() -> impl Strategy<Value = InformedOf> {
    prop_oneof![
        Just(InformedOf::Nothing),
        Just(InformedOf::Bookings),
        (some("system"), some("area")).prop_map(|(systems, areas)| InformedOf::Affecting { systems, areas }),
        Just(InformedOf::Everything),
    ]
}

pub fn any_informed_of() -> impl Strategy<Value = InformedOf> {
    prop_oneof![
        Just(InformedOf::Nothing),
        Just(InformedOf::Bookings),
        (ids(), ids()).prop_map(|(systems, areas)| InformedOf::Affecting { systems, areas }),
        Just(InformedOf::Everything),
    ]
}

pub fn any_team() -> impl Strategy<Value = Team> {
    (any_text(), ids(), option::of(any::<u16>()), any_text(), any_informed_of()).prop_map(
        |(name, people, needed, email, informed_of)| Team {
            id: TeamId::new("t"),
            name,
            people,
            needed,
            email,
            informed_of,
            notes: String::new(),
        },
    )
}

/// Anybody, with wild texts and dates.
pub fn any_person() -> impl Strategy<Value = Person> {
    let away = (any_date(), any_date(), any_text()).prop_map(|(first_on, last_on, reason)| Absence {
        first_on,
        last_on,
        reason,
    });
    (any_text(), any_text(), any_hours(), vec(away, 0..4), any_informed_of()).prop_map(
        |(name, email, available, away, informed_of)| Person {
            name,
            email,
            available,
            away,
            informed_of,
            ..Person::new(PersonId::new("p"), "")
        },
    )
}
