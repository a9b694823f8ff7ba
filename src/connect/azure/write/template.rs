//! Maintenance configurations as a template of Azure Resource Manager.

use super::ASSIGN;
use super::limits::{ABILITIES, configurations};
use crate::connect::writing::{Node, WriteRequest, Writer, WrittenFile, text, texts};
use crate::export::{FileType, Output};

pub static WRITER: Writer = Writer {
    format: "json",
    output: Output {
        id: "azure-json",
        name: "Azure Update Manager, JSON",
        help: "Maintenance configurations for guests, as a template of Azure Resource Manager",
    },
    file_type: FileType { name: "JSON", endings: &["json"] },
    abilities: &ABILITIES,
    write,
};

/// Resources of a template.
///
/// <https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits>
const MOST_RESOURCES: usize = 800;

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let map = Node::Map;
    let classes = || map(vec![("classificationsToInclude", texts(["Critical", "Security"]))]);
    let resources: Vec<Node> = configurations(&request.windows)
        .into_iter()
        .map(|each| {
            let mut window = vec![
                ("startDateTime", text(each.start)),
                ("expirationDateTime", text(each.expiration)),
                ("duration", text(each.duration)),
                ("timeZone", text(each.zone)),
            ];
            window.extend(each.recurrence.map(|recurrence| ("recurEvery", text(recurrence))));
            let properties = map(vec![
                ("maintenanceScope", text("InGuestPatch")),
                ("visibility", text("Custom")),
                ("extensionProperties", map(vec![("InGuestPatchMode", text("User"))])),
                ("maintenanceWindow", map(window)),
                (
                    "installPatches",
                    map(vec![
                        ("rebootSetting", text("IfRequired")),
                        ("windowsParameters", classes()),
                        ("linuxParameters", classes()),
                    ]),
                ),
            ]);
            map(vec![
                ("type", text("Microsoft.Maintenance/maintenanceConfigurations")),
                ("apiVersion", text("2023-04-01")),
                ("name", text(each.name)),
                ("location", text("[resourceGroup().location]")),
                ("tags", map(vec![("window", text(literal(&each.title)))])),
                ("properties", properties),
            ])
        })
        .collect();
    let mut remarks = vec![ASSIGN.to_owned()];
    if resources.len() > MOST_RESOURCES {
        remarks.push(format!(
            "The template has {} resources and Azure accepts {MOST_RESOURCES}: use Terraform, or export fewer windows",
            resources.len()
        ));
    }
    let template = map(vec![
        ("$schema", text("https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#")),
        ("contentVersion", text("1.0.0.0")),
        ("resources", Node::List(resources)),
    ]);
    WrittenFile { text: template.json(), remarks }
}

/// A text that the template does not evaluate, at most 256 characters as tags have.
fn literal(text: &str) -> String {
    let text = crate::export::clip_line(text, 250);
    if text.starts_with('[') { format!("[{text}") } else { text }
}
