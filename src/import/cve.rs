//! CVE ids in text.

/// All CVE ids in a text, in capitals, in the order of the text and without repetitions. An id is "CVE-", a year of four
/// digits, "-", and at least four digits (<https://www.cve.org/ResourcesSupport/FAQs>).
pub fn cves_in(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = find_prefix(bytes, at) {
        let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let year = next + 4;
        let number = year + 5;
        at = year;
        let begins = next == 0 || !bytes[next - 1].is_ascii_alphanumeric();
        if begins && digits(year) == 4 && bytes.get(year + 4) == Some(&b'-') {
            let length = digits(number);
            at = number + length;
            if length >= 4 {
                let id = text[next..at].to_ascii_uppercase();
                if !found.contains(&id) {
                    found.push(id);
                }
            }
        }
    }
    found
}

/// The next "CVE-" in any case.
fn find_prefix(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(4).position(|window| window.eq_ignore_ascii_case(b"CVE-")).map(|position| from + position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_once_in_any_text() {
        for (text, expected) in [
            ("CVE-2021-44228", vec!["CVE-2021-44228"]),
            ("cve-2014-0160, CVE-2014-0160;CVE-2016-2107", vec!["CVE-2014-0160", "CVE-2016-2107"]),
            ("see CVE-2021-1, CVE-21-1234 and XCVE-2021-1234", vec![]),
            ("(CVE-2027-123456)", vec!["CVE-2027-123456"]),
            ("CVE-", vec![]),
            ("é CVE-2020-0601 é", vec!["CVE-2020-0601"]),
        ] {
            assert_eq!(cves_in(text), expected, "{text}");
        }
    }
}
