//! The routes of alerts that are muted.
//!
//! An alert follows the first route that matches it, and only the intervals of that route mute it. (With `continue` it would
//! follow the next one as well, which would notify.) So a route has the intervals of all windows that are about its alerts.
//!
//! <https://prometheus.io/docs/alerting/latest/configuration/#route>

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{INSTANCE, RING};
use crate::connect::writing::{NamedScope, group_name, system_name};
use crate::model::Plan;

/// Names of time intervals.
type Intervals = BTreeSet<String>;

/// A route of alerts whose label has one of these names.
#[derive(Debug)]
pub struct Route {
    pub label: &'static str,
    pub names: Vec<String>,
    pub intervals: Intervals,
    /// Alerts that one of these matches follow it instead.
    pub routes: Vec<Self>,
}

/// The groups and systems that windows are about, with the intervals of these windows.
#[derive(Default)]
pub struct MutedNames {
    groups: BTreeMap<String, Intervals>,
    systems: BTreeMap<String, Intervals>,
}

impl MutedNames {
    /// Mutes a scope in an interval.
    pub fn add(&mut self, scope: &NamedScope, interval: &str) {
        for (names, muted) in [(&scope.groups, &mut self.groups), (&scope.systems, &mut self.systems)] {
            for name in names {
                muted.entry(name.clone()).or_default().insert(interval.to_owned());
            }
        }
    }

    /// Routes of systems, in which those of their groups are, then routes of groups.
    pub fn routes(&self, plan: &Plan) -> Vec<Route> {
        let membership = Membership::new(self, plan);
        let nested = self.nested_systems();
        let mut single = Vec::new();
        let mut alike: BTreeMap<(Intervals, BTreeSet<&str>), Vec<String>> = BTreeMap::new();
        for name in self.systems.keys() {
            let intervals: Intervals = self.covering(name).flat_map(|(_, intervals)| intervals.clone()).collect();
            let groups = self.covering(name).flat_map(|(system, _)| membership.groups_of(system)).collect();
            if nested.contains(&**name) {
                single.push((vec![name.clone()], intervals, groups));
            } else {
                alike.entry((intervals, groups)).or_default().push(name.clone());
            }
        }
        // "web.example.org" before "web", which matches it, too.
        single.sort_by_key(|(names, ..)| Reverse(names[0].len()));
        let alike = alike.into_iter().map(|((intervals, groups), names)| (names, intervals, groups));
        let of_systems = single.into_iter().chain(alike).map(|(names, intervals, groups)| Route {
            label: INSTANCE,
            names,
            routes: self.group_routes(groups, &intervals),
            intervals,
        });
        of_systems.chain(self.group_routes(self.groups.keys().map(|name| &**name), &Intervals::new())).collect()
    }

    /// Routes of groups that are muted at other times than `known` alone. Groups with the same intervals share one.
    fn group_routes<'a>(&self, groups: impl IntoIterator<Item = &'a str>, known: &Intervals) -> Vec<Route> {
        let mut alike: BTreeMap<Intervals, Vec<String>> = BTreeMap::new();
        for name in groups {
            let Some(intervals) = self.groups.get(name).filter(|intervals| !intervals.is_subset(known)) else {
                continue;
            };
            alike.entry(intervals | known).or_default().push(name.to_owned());
        }
        let route = |(intervals, names)| Route { label: RING, names, intervals, routes: Vec::new() };
        alike.into_iter().map(route).collect()
    }

    /// The muted systems whose expressions match an instance of that name: "web" and "web.example.org" for the latter.
    fn covering<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a String, &'a Intervals)> {
        let ends = name.match_indices(['.', ':']).map(|(at, _)| at).chain([name.len()]);
        ends.filter_map(|end| self.systems.get_key_value(&name[..end]))
    }

    /// Systems whose expressions match instances of other systems, and these.
    fn nested_systems(&self) -> HashSet<&str> {
        let covering =
            self.systems.keys().map(|name| self.covering(name).map(|(name, _)| &**name).collect::<Vec<&str>>());
        covering.filter(|names| names.len() > 1).flatten().collect()
    }
}

/// Which muted groups the alerts of a system may have as a label.
struct Membership {
    /// Groups whose systems the plan does not say.
    open: BTreeSet<String>,
    by_system: HashMap<String, BTreeSet<String>>,
}

impl Membership {
    fn new(muted: &MutedNames, plan: &Plan) -> Self {
        let (mut open, mut by_system) = (BTreeSet::new(), HashMap::<String, BTreeSet<String>>::new());
        for group in plan.ladders().iter().flat_map(|ladder| &ladder.groups) {
            let name = group_name(group);
            if !muted.groups.contains_key(&name) {
                continue;
            }
            for system in group.systems.iter().filter_map(|id| plan.systems().get(id)) {
                by_system.entry(system_name(system)).or_default().insert(name.clone());
            }
            if group.systems.is_empty() {
                open.insert(name);
            }
        }
        Self { open, by_system }
    }

    fn groups_of(&self, system: &str) -> impl Iterator<Item = &str> {
        self.open.iter().chain(self.by_system.get(system).into_iter().flatten()).map(|name| &**name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The intervals that mute an alert, as Alertmanager finds them.
    fn muted_in(routes: &[Route], ring: &str, instance: &str) -> Intervals {
        let matches = |route: &&Route| {
            route.names.iter().any(|name| match route.label {
                RING => name == ring,
                _ => instance.strip_prefix(&**name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':'])),
            })
        };
        let Some(route) = routes.iter().find(matches) else { return Intervals::new() };
        if route.routes.iter().any(|inner| matches(&inner)) {
            return muted_in(&route.routes, ring, instance);
        }
        route.intervals.clone()
    }

    #[test]
    fn an_alert_is_muted_by_all_windows_that_are_about_it() {
        let windows: [(&str, &[&str], &[&str]); 6] = [
            ("a", &["pilot"], &[]),
            ("b", &["pilot", "broad"], &["web"]),
            ("c", &["broad"], &["web.example.org", "db"]),
            ("d", &["rest"], &["web", "db"]),
            ("e", &[], &["cache"]),
            ("f", &["pilot", "broad"], &[]),
        ];
        let mut muted = MutedNames::default();
        let texts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (interval, groups, systems) in windows {
            muted.add(&NamedScope { groups: texts(groups), systems: texts(systems) }, interval);
        }
        let routes = muted.routes(&plan());
        let all: [&str; 7] = ["web", "web:9100", "web.example.org", "web.example.org:1", "webs", "db.x", "cache"];
        // The plan says that web is in pilot, but not which systems are in the other groups.
        for ring in ["pilot", "broad", "rest", "none", ""] {
            for instance in all {
                if ring == "pilot" && !instance.starts_with("web") {
                    continue;
                }
                let is_about = |(_, groups, systems): &&(&str, &[&str], &[&str])| {
                    let is_of = |name: &&str| {
                        instance == *name
                            || instance.starts_with(&format!("{name}."))
                            || instance.starts_with(&format!("{name}:"))
                    };
                    groups.contains(&ring) || systems.iter().any(is_of)
                };
                let expected: Intervals =
                    windows.iter().filter(is_about).map(|(name, ..)| (*name).to_owned()).collect();
                assert_eq!(muted_in(&routes, ring, instance), expected, "{ring} {instance}: {routes:#?}");
            }
        }
    }

    #[test]
    fn scopes_with_the_same_windows_share_a_route() {
        let mut muted = MutedNames::default();
        let names = |count: usize| (0..count).map(|n| format!("web{n}")).collect::<Vec<_>>();
        muted.add(&NamedScope { groups: Vec::new(), systems: names(300) }, "a");
        muted.add(&NamedScope { groups: vec!["broad".into(), "rest".into()], systems: Vec::new() }, "a");
        let routes = muted.routes(&plan());
        assert_eq!(routes.iter().map(|route| route.names.len()).collect::<Vec<_>>(), [300, 2]);
        assert!(routes[0].routes.is_empty(), "the same interval: {routes:?}");
    }

    /// A plan with the system web in the group pilot, and two groups without systems.
    fn plan() -> Plan {
        use crate::model::{DeploymentGroup, Horizon, Ladder, Stage, System, SystemClass};
        let mut parts = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").to_parts();
        parts.systems = [System { id: "web".into(), name: "web".into(), ..System::default() }].into_iter().collect();
        let group = |id: &str| DeploymentGroup::new(id.into(), id, Stage::Pilot);
        let pilot = DeploymentGroup { systems: vec!["web".into()], ..group("pilot") };
        let ladder = Ladder {
            id: "servers".into(),
            name: "Servers".into(),
            class: SystemClass::Server,
            release: None,
            groups: vec![pilot, group("broad"), group("rest")],
        };
        parts.ladders = [ladder].into_iter().collect();
        parts.into()
    }
}
