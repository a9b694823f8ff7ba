//! Systems from the inventories of other programs.

use windowsill::import::{ImportReport, Imported, Options, Topic};
use windowsill::model::{BusinessArea, Edit, Environment, Horizon, Level, Plan, System, SystemClass, SystemId};

use crate::support::importing::{MemoryFile, import_files, import_topic, options};

fn plan() -> Plan {
    let system = System {
        id: "core".into(),
        name: "Core DB".into(),
        hosts: 2,
        platform: "Solaris".into(),
        host_names: vec!["db01".into(), "db02".into()],
        ..System::default()
    };
    let area = BusinessArea { id: "payments".into(), name: "Payments".into(), ..BusinessArea::default() };
    let plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    [Edit::PutArea(area), Edit::PutSystem(system)].iter().fold(plan, |plan, edit| plan.apply(edit).unwrap())
}

fn read(text: &str, plan: &Plan) -> Imported {
    import_topic(Topic::Systems, "inventory", text, plan).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The plan after an import with options.
fn take(kind: &str, name: &str, text: &str, values: &[(&str, &str)], plan: &Plan) -> (Plan, Imported) {
    let options = options(kind, values, plan);
    let imported = import_files(kind, &[MemoryFile::new(name, text)], &options, plan, plan.horizon().from).unwrap();
    (imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap()), imported)
}

/// The report, whose counts must add up.
fn report(imported: &Imported) -> &ImportReport {
    let report = imported.report.as_ref().unwrap();
    let left_out: usize = report.left_out.iter().map(|left_out| left_out.count).sum();
    assert_eq!(report.rows, report.rows_imported + left_out, "{report:?}");
    report
}

/// Kind, hosts and groups.
fn counts(text: &str) -> (String, usize, Option<usize>) {
    let imported = read(text, &plan());
    let report = report(&imported);
    (report.kind.clone(), report.hosts, report.groups)
}

fn system<'a>(plan: &'a Plan, id: &str) -> &'a System {
    plan.systems().get(&SystemId::new(id)).unwrap_or_else(|| panic!("{:?}", plan.systems()))
}

fn said(imported: &Imported, text: &str) -> bool {
    imported.warnings.iter().any(|warning| warning.to_string().contains(text))
}

const INI: &str = "\
alone ansible_host=10.0.0.9
[web]
web[01:03].bank.example:2222 ansible_connection=ssh  # three hosts
[db]
db01 level=1
\"db02\" level='low'
[prod:children]
web
db
[prod:vars]
env = production
level=medium
[broken]
x[1:
";

#[test]
fn ansible_inventories_have_the_hosts_and_groups_that_ansible_shows() {
    let list = r#"{"_meta": {"hostvars": {"a": {"ansible_host": "None"}, "b": {}}}, "all": {"children": ["web", "ungrouped"]},
        "web": {"hosts": ["a", "c"]}, "old": ["b"]}"#;
    let yaml = "all:\n  hosts:\n    příbor:\n  children:\n    web:\n      hosts:\n        7.2: {x: 1}\n        n[1:2]:\n    empty:\n      hosts:\n        #gone:\n";
    for (text, kind, hosts, groups) in [
        (INI, "ansible-ini", 6, 5),
        (list, "ansible-list", 3, 3),
        (yaml, "ansible-yaml", 4, 3),
        ("all:\n  hosts:\n    a:\n", "ansible-yaml", 1, 2),
        ("[web]\na\n[web:vars]\nb=1\n", "ansible-ini", 1, 2),
    ] {
        assert_eq!(counts(text), (kind.to_owned(), hosts, Some(groups)), "{text}");
    }
}

#[test]
fn a_host_is_one_system_and_known_hosts_stay_with_theirs() {
    let (after, imported) = take("ansible-ini", "hosts", INI, &[("criticality", "level"), ("host-names", "")], &plan());
    assert_eq!(after.systems().len(), 5, "db01 and db02 belong to Core DB");
    assert_eq!((report(&imported).items, report(&imported).matched_hosts), (5, 2));
    let core = system(&after, "core");
    assert_eq!((core.hosts, &*core.platform, core.environment), (2, "Solaris", Environment::Production));
    let web = system(&after, "web01-bank-example");
    assert_eq!((web.hosts, web.rating.availability), (1, Level::Medium), "the group's variable");
    assert_eq!(system(&after, "alone").host_names, ["10.0.0.9"]);
    assert!(said(&imported, "x[1:"), "{:?}", imported.warnings);
    assert!(
        take("ansible-ini", "hosts", INI, &[("criticality", "level"), ("host-names", "")], &after).1.edit().is_none()
    );
}

#[test]
fn groups_become_groups_of_a_ladder_on_request() {
    let (after, imported) = take("ansible-ini", "hosts", INI, &[("ladder", "Servers")], &plan());
    assert!(said(&imported, "release calendar that Servers follows"), "{:?}", imported.warnings);
    let ladder = &after.ladders().as_slice()[0];
    let groups: Vec<(&str, usize)> = ladder.groups.iter().map(|group| (&*group.name, group.systems.len())).collect();
    assert_eq!(groups, [("web", 3), ("db", 1)]);
    assert!(take("ansible-ini", "hosts", INI, &[("ladder", "Servers")], &after).1.edit().is_none());
    let (after, _) = take("ansible-ini", "hosts", INI, &[("ladder", "Servers"), ("groups", "prod")], &plan());
    assert_eq!(after.ladders().as_slice()[0].groups.len(), 1, "a parent has the hosts of its children");
    let several = "[a]\nx\n[b]\nx\n[b:vars]\ny=1\n";
    let (after, imported) = take("ansible-ini", "hosts", several, &[("ladder", "L"), ("groups", "b,a")], &plan());
    assert_eq!(&*after.ladders().as_slice()[0].groups[0].name, "b");
    assert!(said(&imported, "several groups"), "{:?}", imported.warnings);
}

#[test]
fn a_second_import_shows_what_is_gone_and_removes_it_only_if_asked() {
    let (first, _) = take("ansible-ini", "hosts", "[web]\na\nb\n[db]\nc\n", &[], &plan());
    let shorter = "[web]\na\nd\n";
    let (second, imported) = take("ansible-ini", "hosts", shorter, &[], &first);
    assert_eq!(second.systems().len(), 5);
    assert!(said(&imported, "2 systems no longer in the inventory (b and c)"), "{:?}", imported.warnings);
    let (third, imported) = take("ansible-ini", "hosts", shorter, &[("remove-gone", "")], &second);
    assert_eq!(third.systems().len(), 3, "Core DB was never listed, so it stays");
    assert!(imported.summary.contains("removal of 2 systems"), "{}", imported.summary);
    let (_, other) = take("ansible-ini", "other", "[web]\nz\n", &[("remove-gone", "")], &second);
    assert!(!other.summary.contains("removal"), "another file is another inventory");
    let (_, page) =
        take("ec2-instances", "i", r#"{"Reservations": [], "NextToken": "x"}"#, &[("remove-gone", "")], &second);
    assert!(page.edit().is_none() && said(&page, "one page"));
}

#[test]
fn what_cannot_be_read_does_not_count_as_gone() {
    let remove = [("remove-gone", "")];
    for (kind, whole, damaged) in [
        ("ansible-ini", "[web]\na\nx1\nx2\n", "[web]\na\nx[1:\n"),
        ("ansible-yaml", "all:\n  hosts:\n    a:\n    x1:\n    x2:\n", "all:\n  hosts:\n    a:\n    x[1:\n"),
        (
            "servicenow-cmdb",
            "name,sys_class_name\na,Server\nx1,Server\nx2,Server\n",
            "name,sys_class_name\na,Server\nx1\nx2,Server,y\n",
        ),
        (
            "jamf-computers",
            r#"{"computers": [{"name": "a"}, {"name": "x1"}, {"name": "x2"}]}"#,
            r#"{"computers": [{"name": "a"}, {"id": 7}]}"#,
        ),
    ] {
        let (first, _) = take(kind, "inventory", whole, &[], &plan());
        assert_eq!(first.systems().len(), 4, "{kind}");
        let (second, imported) = take(kind, "inventory", damaged, &remove, &first);
        assert_eq!(second.systems().len(), 4, "{kind}");
        assert!(said(&imported, "2 systems not found in the inventory (x1 and x2): kept"), "{:?}", imported.warnings);
        report(&imported);
    }
}

#[test]
fn hosts_of_one_name_become_systems_by_their_ids() {
    let instance = |id: &str, address: &str| {
        format!(
            r#"{{"InstanceId": "{id}", "PrivateIpAddress": "{address}", "Tags": [{{"Key": "Name", "Value": "web"}}]}}"#
        )
    };
    let ec2 = |ids: &[(&str, &str)]| {
        let all: Vec<String> = ids.iter().map(|(id, address)| instance(id, address)).collect();
        format!(r#"{{"Reservations": [{{"Instances": [{}]}}]}}"#, all.join(", "))
    };
    let (one, two) = (("i-1", "10.0.0.1"), ("i-2", "10.0.0.2"));
    let (first, imported) = take("ec2-instances", "i", &ec2(&[one, two]), &[], &plan());
    assert_eq!((report(&imported).hosts, report(&imported).items), (2, 2));
    assert!(said(&imported, "2 hosts with the name of another (\"web\")"), "{:?}", imported.warnings);
    assert_eq!(&*system(&first, "web-i-1").name, "web (i-1)");
    let (_, again) = take("ec2-instances", "i", &ec2(&[two, one]), &[], &first);
    assert!(again.edit().is_none(), "in another order nothing changes");
    let remove = [("remove-gone", "")];
    let (left, _) = take("ec2-instances", "i", &ec2(&[two]), &remove, &first);
    let ids: Vec<&str> = left.systems().iter().map(|system| system.id.as_str()).collect();
    assert_eq!(ids, ["core", "web-i-2"], "it keeps its system when no other has its name");
    // A plan that listed one of them before they were two does not lose that system.
    let (single, _) = take("ec2-instances", "i", &ec2(&[one]), &[], &plan());
    let (both, _) = take("ec2-instances", "i", &ec2(&[one, two]), &remove, &single);
    assert!(both.systems().contains(&SystemId::new("web")) && both.systems().len() == 4);
    // A system of several hosts is all of them.
    let many = System { id: "web".into(), name: "web".into(), hosts: 2, ..System::default() };
    let farm = plan().apply(&Edit::PutSystem(many)).unwrap();
    assert_eq!(take("ec2-instances", "i", &ec2(&[one, two]), &[], &farm).0.systems().len(), 2);
}

#[test]
fn every_inventory_with_ids_tells_namesakes_apart() {
    for (kind, text) in [
        ("servicenow-cmdb", "name,sys_class_name,sys_id\nweb,Server,a1\nweb,Server,a2\nweb,Server,a1\n"),
        ("configmgr-devices", "Name,ResourceID\nweb,1\nWEB,2\nweb,\n"),
        ("jamf-computers-csv", "Computer Name,JSS ID,UDID\nweb,1,A\nweb,2,B\n"),
        ("jamf-computers", r#"{"computers": [{"id": 1, "name": "web"}, {"id": 2, "name": "web"}]}"#),
        ("satellite-hosts", r#"[{"Id": 1, "Name": "web"}, {"Id": 2, "Name": "web"}]"#),
        (
            "ssm-instances",
            r#"{"InstanceInformationList": [{"InstanceId": "mi-1", "ComputerName": "web"},
                {"InstanceId": "mi-2", "ComputerName": "web"}]}"#,
        ),
    ] {
        let (after, imported) = take(kind, "inventory", text, &[], &plan());
        assert_eq!((report(&imported).hosts, after.systems().len()), (2, 3), "{kind}");
        assert!(take(kind, "inventory", text, &[], &after).1.edit().is_none(), "{kind}");
    }
    let long = "x".repeat(300);
    let text = format!("name,sys_class_name,sys_id\n{long},Server,a1\n{long},Server,a2\n");
    let (after, _) = take("servicenow-cmdb", "i", &text, &[], &plan());
    assert!(after.systems().iter().filter(|system| system.name.ends_with(')')).count() == 2, "{:?}", after.systems());
}

#[test]
fn each_state_column_of_servicenow_has_its_own_codes() {
    let rows = |column: &str, state: &str| {
        let text = format!("name,sys_class_name,{column}\na,Server,{state}\nb,Server,1\n");
        report(&read(&text, &plan())).rows_imported
    };
    for (column, state, imported) in [
        ("operational_status", "6", 1),
        ("operational_status", "7", 2),
        ("operational_status", "8", 2),
        ("operational_status", "Retired", 1),
        ("install_status", "6", 2),
        ("install_status", "7", 1),
        ("install_status", "8", 1),
        ("install_status", "100", 1),
        ("install_status", "Absent", 1),
    ] {
        assert_eq!(rows(column, state), imported, "{column} {state}");
    }
}

#[test]
fn servicenow_is_read_with_display_and_raw_values() {
    let text = "name,sys_class_name,used_for,business_criticality,os,ip_address,operational_status,department,owned_by\n\
                pay01,Linux Server,Production,1 - most critical,Linux Red Hat,10.1.1.1,Operational,Payments,Ann\n\
                pay02,cmdb_ci_win_server,QA,3 - less critical,Windows 2022,10.1.1.2,1,Nowhere,6816f79cc0a8016401c5a33be04be441\n\
                old01,Linux Server,Production,,Linux,10.1.1.3,Retired,Payments,\n\
                old02,Linux Server,Production,,Linux,10.1.1.4,6,Payments,\n";
    let (after, imported) = take("servicenow-cmdb", "cmdb_ci_server.csv", text, &[], &plan());
    assert_eq!(read(text, &plan()).report.unwrap().kind, "servicenow-cmdb");
    assert_eq!((report(&imported).rows, report(&imported).rows_imported, report(&imported).items), (4, 2, 2));
    let first = system(&after, "pay01");
    assert_eq!((first.class, first.environment), (SystemClass::Server, Environment::Production));
    assert_eq!((first.rating.availability, first.area.as_ref().unwrap().as_str()), (Level::High, "payments"));
    assert_eq!((&*first.service_owner, &*first.platform), ("Ann", "Linux Red Hat"));
    let second = system(&after, "pay02");
    assert_eq!(
        (second.environment, second.rating.availability, &*second.service_owner),
        (Environment::Test, Level::Low, "")
    );
    assert!(said(&imported, "display values") && said(&imported, "Nowhere"), "{:?}", imported.warnings);
}

#[test]
fn other_programs_are_recognised_and_read() {
    let ec2 = r#"{"Reservations": [{"Instances": [
        {"InstanceId": "i-1", "PrivateIpAddress": "10.0.0.1", "State": {"Name": "running"}, "PlatformDetails": "Linux/UNIX",
         "Tags": [{"Key": "Name", "Value": "web1"}, {"Key": "Env", "Value": "prod"}]},
        {"InstanceId": "i-2", "State": {"Name": "terminated"}}]}]}"#;
    let managed = r#"{"InstanceInformationList": [{"InstanceId": "mi-1", "ComputerName": "db9.x", "IPAddress": "10.0.0.2",
        "PlatformName": "Amazon Linux", "PlatformVersion": "2", "PingStatus": "Online"}]}"#;
    let devices = "#TYPE Microsoft.ConfigurationManagement\n\"Name\",\"DeviceOS\",\"ResourceID\",\"IsObsolete\"\n\
                   \"W1\",\"Microsoft Windows NT Server 10.0\",\"1\",\"False\"\n\"W0\",\"\",\"2\",\"True\"\n";
    let jamf = r#"{"computers": [{"id": 1, "name": "mac1", "managed": true, "model": "MacBook Air"},
        {"id": 2, "name": "mac2", "managed": false}]}"#;
    let jamf_csv = "Computer Name,Serial Number,Operating System Version\nmac1,C02,14.5\n";
    let satellite =
        r#"[{"Id": 1, "Name": "r1.x", "Operating System": "RHEL 9.4", "Host Group": "prod/web", "IP": "10.0.0.3"}]"#;
    let chef = r#"{"results": 1, "rows": [{"name": "c1", "chef_environment": "prod", "automatic": {"fqdn": "c1.x",
        "platform": "ubuntu", "platform_version": "24.04"}, "run_list": []}]}"#;
    let ohai = r#"{"fqdn": "chefspec.local", "hostname": "chefspec", "ipaddress": "127.0.0.1", "os": "linux", "chef_packages": {}}"#;
    for (text, kind, rows, hosts, id, platform) in [
        (ec2, "ec2-instances", 2, 1, "web1", "Linux/UNIX"),
        (managed, "ssm-instances", 1, 1, "db9-x", "Amazon Linux 2"),
        (devices, "configmgr-devices", 2, 1, "w1", "Microsoft Windows NT Server 10.0"),
        (jamf, "jamf-computers", 2, 1, "mac1", "macOS"),
        (jamf_csv, "jamf-computers-csv", 1, 1, "mac1", "macOS 14.5"),
        (satellite, "satellite-hosts", 1, 1, "r1-x", "RHEL 9.4"),
        (chef, "chef-nodes", 1, 1, "c1", "ubuntu 24.04"),
        (ohai, "chef-nodes", 1, 1, "chefspec-local", "linux"),
    ] {
        let imported = read(text, &plan());
        assert_eq!(
            (&*report(&imported).kind, report(&imported).rows, report(&imported).hosts),
            (kind, rows, hosts),
            "{text}"
        );
        let after = plan().apply(&imported.edit().unwrap()).unwrap();
        assert_eq!((&*system(&after, id).platform, system(&after, id).hosts), (platform, 1), "{text}");
    }
}

#[test]
fn the_fixtures_are_read_whole() {
    for (text, kind, hosts, groups) in [
        (include_str!("../fixtures/connect/inventories/hosts.ini"), "ansible-ini", 8, 5),
        (include_str!("../fixtures/connect/inventories/hosts.yml"), "ansible-yaml", 5, 5),
    ] {
        assert_eq!(counts(text), (kind.to_owned(), hosts, Some(groups)), "{text}");
    }
    let text = include_str!("../fixtures/connect/inventories/cmdb.csv");
    assert_eq!(report(&read(text, &plan())).items, 2);
}

#[test]
fn damaged_inventories_are_refused_or_read_and_never_panic() {
    let plan = plan();
    let fixtures = [
        ("ansible-ini", include_str!("../fixtures/connect/inventories/hosts.ini")),
        ("ansible-yaml", include_str!("../fixtures/connect/inventories/hosts.yml")),
        ("servicenow-cmdb", include_str!("../fixtures/connect/inventories/cmdb.csv")),
    ];
    for (kind, text) in fixtures {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)).step_by(7) {
            let half = (0..=end / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let cut = [&text[..end], &text[half..end], &text[end..]];
            for part in cut {
                let files = [MemoryFile::new("x", part)];
                if let Ok(imported) = import_files(kind, &files, &Options::default(), &plan, plan.horizon().from) {
                    report(&imported);
                    assert!(imported.edit().is_none_or(|edit| plan.apply(&edit).is_ok()), "{part}");
                }
            }
        }
    }
}

#[test]
fn tables_say_their_numbers_too() {
    let imported = read("Name;Hosts;Environment\nA;4;Prod\nB;;Test\n;1;Test\n", &plan());
    let report = report(&imported);
    assert_eq!((&*report.kind, report.rows, report.rows_imported, report.items), ("systems-table", 3, 2, 2));
}

#[test]
fn what_has_no_hosts_or_is_damaged_is_refused_by_name() {
    let deep = format!("{{\"_meta\": {{\"hostvars\": {}", "{\"a\":".repeat(100_000));
    let bomb = format!("all:\n  hosts:\n    a: &a [{}]\n    b: [{}]\n", "x, ".repeat(3_000), "*a, ".repeat(3_000));
    for (text, expected) in [
        ("plugin: amazon.aws.aws_ec2\nregions:\n  - eu-central-1\n", "inventory plug-in"),
        (&deep, "cannot read this as"),
        (&bomb, "aliases"),
        ("all:\n  hosts: [a\n  children:\n", "line"),
        ("{\"a\": {\"hosts\": [\"x\"]}, \"b\": 5, \"_meta\": {\"hostvars\": {}}}", "\"b\" is not a group"),
        ("#TYPE X\n\"ClassId2e4f51ef21dd47e99d3c952918aff9cd\",\"pageHeaderEntry\"\n\"a\",\"\"\n", "Format-Table"),
    ] {
        let refused = import_topic(Topic::Systems, "x", text, &plan()).unwrap_err().to_string();
        assert!(refused.to_lowercase().contains(&expected.to_lowercase()), "{refused}");
    }
}

#[test]
fn variables_of_groups_are_merged_as_ansible_does() {
    let environment = |text: &str| {
        let (after, _) = take("ansible-ini", "i", text, &[], &plan());
        system(&after, "h").environment
    };
    let (prod, test) = (Environment::Production, Environment::Test);
    for (text, expected) in [
        // Of one level the last by name counts, in any order of the file.
        ("[b]\nh\n[a]\nh\n[a:vars]\nenv=test\n[b:vars]\nenv=prod\n", prod),
        ("[a]\nh\n[b]\nh\n[b:vars]\nenv=prod\n[a:vars]\nenv=test\n", prod),
        // A priority counts before the name.
        ("[a]\nh\n[b]\nh\n[b:vars]\nenv=prod\n[a:vars]\nenv=test\nansible_group_priority=10\n", test),
        // The lower level counts before both.
        ("[z]\nh\n[z:vars]\nenv=test\nansible_group_priority=10\n[x:children]\na\n[a]\nh\n[a:vars]\nenv=prod\n", prod),
        // A group on two levels is on the lower one.
        ("[z:children]\nd\n[d]\nh\n[b:children]\nc\n[c:children]\nd\n[z:vars]\nenv=test\n[c:vars]\nenv=prod\n", prod),
        ("[a]\nh env=prod\n[a:vars]\nenv=test\n[all:vars]\nenv=test\n", prod),
        ("[a]\nh\n[all:vars]\nenv=prod\n", prod),
        // Ansible refuses circles; here they end.
        ("[a:children]\nb\n[b:children]\na\n[b]\nh\n[b:vars]\nenv=prod\n", prod),
    ] {
        assert_eq!(environment(text), expected, "{text}");
    }
}

#[test]
fn tables_of_devices_are_read_as_other_tables_are() {
    let table = "Report|of today\nName|Operating System|ResourceID\nWien-Ö|Windows Server|1\nb|-|'-\n".to_owned();
    let bytes: Vec<u8> = table.chars().map(|c| if c == 'Ö' { 0xd6 } else { c as u8 }).collect();
    let file = MemoryFile::new("devices.csv", bytes);
    let imported =
        import_files("configmgr-devices", &[file], &Options::default(), &plan(), plan().horizon().from).unwrap();
    let after = plan().apply(&imported.edit().unwrap()).unwrap();
    assert_eq!(&*system(&after, "wien-o").name, "Wien-Ö");
    assert!(said(&imported, "read as Windows-1252"), "{:?}", imported.warnings);
}
