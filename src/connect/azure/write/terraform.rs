//! Maintenance configurations as Terraform resources of the provider hashicorp/azurerm.

use super::ASSIGN;
use super::limits::{ABILITIES, configurations};
use crate::connect::writing::{Identifiers, Node, WriteRequest, Writer, WrittenFile, push_resource, text, texts};
use crate::export::{FileType, Output};

pub static WRITER: Writer = Writer {
    format: "terraform",
    output: Output {
        id: "azure-terraform",
        name: "Azure Update Manager, Terraform",
        help: "Maintenance configurations for guests, as Terraform resources",
    },
    file_type: FileType { name: "Terraform files", endings: &["tf"] },
    abilities: &ABILITIES,
    write,
};

const VARIABLES: &str =
    "variable \"resource_group_name\" {\n  type = string\n}\n\nvariable \"location\" {\n  type = string\n}\n";

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut names = Identifiers::new("_", 100).lower();
    let mut out = VARIABLES.to_owned();
    let block = |pairs: Vec<(&'static str, Node)>| Node::Blocks(vec![Node::Map(pairs)]);
    let classes = || block(vec![("classifications_to_include", texts(["Critical", "Security"]))]);
    for each in configurations(&request.windows) {
        let mut window = vec![
            ("start_date_time", text(each.start)),
            ("expiration_date_time", text(each.expiration)),
            ("duration", text(each.duration)),
            ("time_zone", text(each.zone)),
        ];
        window.extend(each.recurrence.map(|recurrence| ("recur_every", text(recurrence))));
        let body = Node::Map(vec![
            ("name", text(&each.name)),
            ("resource_group_name", Node::Reference("var.resource_group_name".to_owned())),
            ("location", Node::Reference("var.location".to_owned())),
            ("scope", text("InGuestPatch")),
            ("in_guest_user_patch_mode", text("User")),
            ("window", block(window)),
            (
                "install_patches",
                block(vec![("reboot", text("IfRequired")), ("windows", classes()), ("linux", classes())]),
            ),
        ]);
        push_resource(&mut out, "azurerm_maintenance_configuration", &names.next(&each.name), &body);
    }
    WrittenFile { text: out, remarks: vec![ASSIGN.to_owned()] }
}
