//! Zabbix: maintenance periods (<https://www.zabbix.com/documentation/current/en/manual/api/reference/maintenance>).

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "zabbix",
    name: "Zabbix",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction {
        what: "The request, after the ids of your host groups have replaced the placeholders",
        how: "curl -H 'Content-Type: application/json-rpc' -H 'Authorization: Bearer TOKEN' -d @FILE \
              https://ZABBIX/api_jsonrpc.php (before 6.4, the token is the field \"auth\" of the request)",
    }],
};
