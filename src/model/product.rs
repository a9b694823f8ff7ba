//! The products of a system: a web server has an operating system, a server program and a language, and advisories are about
//! each of them.

use serde::{Deserialize, Serialize};

use super::is_default;

/// A product with its vendor, as advisories spell them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Empty if it is not known.
    #[serde(default, skip_serializing_if = "is_default")]
    pub vendor: String,
    pub product: String,
}

impl Product {
    /// Reads a list as cells and forms have it: "Apache: Tomcat, Oracle: Java SE", each product once. If there is a
    /// semicolon, only semicolons separate, so that names may contain commas.
    pub fn read_list(text: &str) -> Vec<Self> {
        let separators: &[char] = if text.contains(';') { &[';', '\n'] } else { &[',', '\n'] };
        let mut products: Vec<Self> = Vec::new();
        for part in text.split(separators).map(str::trim) {
            let (vendor, product) = part.split_once(':').unwrap_or(("", part));
            let read = Self { vendor: vendor.trim().to_owned(), product: product.trim().to_owned() };
            // Only separators are left of an empty cell.
            if read.product.contains(char::is_alphanumeric) && !products.contains(&read) {
                products.push(read);
            }
        }
        products
    }

    /// The list as [`Product::read_list`] reads it.
    pub fn list_in_words(products: &[Self]) -> String {
        let all: Vec<String> = products.iter().map(Self::in_words).collect();
        match all.iter().any(|words| words.contains(',')) {
            false => all.join(", "),
            true if all.len() == 1 => format!("{};", all[0]),
            true => all.join("; "),
        }
    }

    /// "Apache: Tomcat"
    pub fn in_words(&self) -> String {
        let Self { vendor, product } = self;
        if vendor.is_empty() && !product.contains(':') { product.clone() } else { format!("{vendor}: {product}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn products(all: &[(&str, &str)]) -> Vec<Product> {
        all.iter().map(|(vendor, product)| Product { vendor: (*vendor).into(), product: (*product).into() }).collect()
    }

    #[test]
    fn a_list_of_products_is_read_with_and_without_vendors() {
        let read = Product::read_list(" Apache:Tomcat,, Java SE\nOracle : Database, Java SE, Red Hat:");
        assert_eq!(read, products(&[("Apache", "Tomcat"), ("", "Java SE"), ("Oracle", "Database")]));
        let read = Product::read_list("VMware, Inc.: ESXi;");
        assert_eq!(read, products(&[("VMware, Inc.", "ESXi")]));
        assert!(Product::read_list(" , ;").is_empty());
    }

    #[test]
    fn what_is_shown_is_read_again() {
        for all in [
            &[][..],
            &[("Apache", "Tomcat")],
            &[("", "Tomcat"), ("Oracle", "Java SE")],
            &[("VMware, Inc.", "ESXi")],
            &[("VMware, Inc.", "ESXi"), ("", "Tools: extended")],
            &[("", "Tools: extended")],
        ] {
            let all = products(all);
            assert_eq!(Product::read_list(&Product::list_in_words(&all)), all);
        }
    }
}
