//! Hosts as they are written in inventories: with ranges and ports.

/// The most hosts that one pattern gives.
const MOST_HOSTS: usize = 100_000;

/// The hosts of "web[01:50:2].bank.example:2222", in order.
///
/// # Errors
/// What is wrong with it, in the middle of a sentence.
pub fn hosts(pattern: &str) -> Result<Vec<String>, String> {
    let mut hosts = vec![String::new()];
    let mut rest = without_port(pattern);
    while let Some((before, after)) = rest.split_once('[') {
        let Some((range, after)) = after.split_once(']') else {
            return Err(format!("\"{pattern}\" has no \"]\""));
        };
        let values = if is_ipv6(range) { vec![range.to_owned()] } else { values(range, pattern)? };
        if hosts.len().saturating_mul(values.len()) > MOST_HOSTS {
            return Err(format!("\"{pattern}\" gives more than {MOST_HOSTS} hosts"));
        }
        hosts =
            hosts.iter().flat_map(|host| values.iter().map(move |value| format!("{host}{before}{value}"))).collect();
        rest = after;
    }
    for host in &mut hosts {
        host.push_str(rest);
    }
    Ok(hosts)
}

/// Without ":2222" at the end. Addresses of IPv6 have their port after brackets.
fn without_port(pattern: &str) -> &str {
    let Some((host, port)) = pattern.rsplit_once(':') else { return pattern };
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_address = !host.contains('[') && host.contains(':');
    let is_in_range = host.matches('[').count() > host.matches(']').count();
    if is_port && !is_address && !is_in_range { host } else { pattern }
}

fn is_ipv6(text: &str) -> bool {
    text.parse::<core::net::Ipv6Addr>().is_ok()
}

/// The values of "01:50:2" or "a:f".
fn values(range: &str, pattern: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("\"{pattern}\" has the range [{range}]: use e.g. [01:50] or [a:f]");
    let parts: Vec<&str> = range.split(':').collect();
    let (first, last, step) = match parts.as_slice() {
        [first, last] => (*first, *last, 1),
        [first, last, step] => (*first, *last, step.parse::<usize>().ok().filter(|step| *step > 0).ok_or_else(wrong)?),
        _ => return Err(wrong()),
    };
    let first = if first.is_empty() { "0" } else { first };
    if let (Ok(from), Ok(to)) = (first.parse::<usize>(), last.parse::<usize>()) {
        // "01" keeps its zeros.
        let width = if first.starts_with('0') && first.len() > 1 { first.len() } else { 0 };
        if from > to || (to - from) / step >= MOST_HOSTS || (width > 0 && width != last.len()) {
            return Err(wrong());
        }
        return Ok((from..=to).step_by(step).map(|number| format!("{number:0width$}")).collect());
    }
    match (first.as_bytes(), last.as_bytes()) {
        ([from], [to]) if from.is_ascii_alphabetic() && to.is_ascii_alphabetic() && from <= to => {
            let letters = (*from..=*to).step_by(step).filter(u8::is_ascii_alphabetic);
            Ok(letters.map(|letter| char::from(letter).to_string()).collect())
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_expanded_as_ansible_does() {
        for (pattern, expected) in [
            ("web", vec!["web"]),
            ("web[01:05:2].x:2222", vec!["web01.x", "web03.x", "web05.x"]),
            ("db-[a:c]", vec!["db-a", "db-b", "db-c"]),
            ("n[8:10]", vec!["n8", "n9", "n10"]),
            ("r[1:2]-[a:b]", vec!["r1-a", "r1-b", "r2-a", "r2-b"]),
            ("10.0.0.5:22", vec!["10.0.0.5"]),
            ("[2001:db8::1]:22", vec!["2001:db8::1"]),
            ("2001:db8::1", vec!["2001:db8::1"]),
            ("web[1:2]:22", vec!["web1", "web2"]),
            ("{", vec!["{"]),
        ] {
            assert_eq!(hosts(pattern).unwrap(), expected, "{pattern}");
        }
    }

    #[test]
    fn wrong_ranges_are_named() {
        for pattern in
            ["a[1:", "a[5:1]", "a[1:2:0]", "a[1]", "a[01:100]", "a[aa:b]", "a[0:99999][0:99999]", "a[1:99999999]"]
        {
            assert!(hosts(pattern).unwrap_err().contains(pattern), "{pattern}");
        }
    }
}
