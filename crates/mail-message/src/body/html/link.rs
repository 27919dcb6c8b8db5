//! Where a link leads, when its text does not say so.

/// Longest address that is shown.
const LONGEST: usize = 2048;

/// What to write behind the text of a link: nothing when the text is the address.
pub(super) fn address_to_show(href: &str, text: &str, base: Option<&str>) -> Option<String> {
    let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    let text = text.trim();
    if text.is_empty() || href.is_empty() || href.len() > LONGEST {
        return None;
    }
    let lower = href.get(..12.min(href.len())).unwrap_or("").to_ascii_lowercase();
    let shown = if lower.starts_with("mailto:") {
        let address = href[7..].split('?').next().unwrap_or("");
        address.contains('@').then(|| address.to_owned())?
    } else if lower.starts_with("tel:") {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let (number, text) = (digits(&href), digits(text));
        (number.trim_start_matches('0') != text.trim_start_matches('0')).then(|| href[4..].to_owned())?
    } else if lower.starts_with("http:") || lower.starts_with("https:") || lower.starts_with("ftp:") {
        href
    } else if lower.starts_with("//") {
        format!("https:{href}")
    } else if href.starts_with('#') || has_scheme(&href) {
        return None;
    } else {
        within(base?, &href)?
    };
    (core(&shown) != core(text)).then_some(shown)
}

fn has_scheme(href: &str) -> bool {
    let end = href.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '.' | '-')).unwrap_or(href.len());
    href[end..].starts_with(':')
}

/// An address relative to `<base href>`.
fn within(base: &str, href: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    let host_end = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
    Some(if href.starts_with('/') {
        format!("{scheme}://{host}{href}")
    } else {
        format!("{scheme}://{host}{folder}{href}")
    })
}

/// An address without what people leave out when they write it.
fn core(address: &str) -> String {
    let lower = address.to_lowercase();
    let bare = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
    let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
    let bare = bare.trim_matches(|c: char| matches!(c, '<' | '>' | '[' | ']' | '(' | ')' | '"') || c.is_whitespace());
    bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::address_to_show;

    #[test]
    fn addresses_are_shown_where_the_text_hides_them() {
        let show = |href, text| address_to_show(href, text, Some("https://example.org/a/b.html"));
        assert_eq!(show("https://example.org/x", "here").as_deref(), Some("https://example.org/x"));
        assert_eq!(show("https://www.example.org/", "example.org"), None);
        assert_eq!(show("mailto:ann@example.org?subject=x", "Ann").as_deref(), Some("ann@example.org"));
        assert_eq!(show("mailto:ann@example.org", "<Ann@example.org>"), None);
        assert_eq!(show("tel:+4930123", "+49 30 123"), None);
        assert_eq!(show("javascript:alert(1)", "here"), None);
        assert_eq!(show("#top", "top"), None);
        assert_eq!(show("c.html", "c").as_deref(), Some("https://example.org/a/c.html"));
        assert_eq!(show("/c", "c").as_deref(), Some("https://example.org/c"));
        assert_eq!(address_to_show("c.html", "c", None), None);
        assert_eq!(show("https://example.org/x", " "), None);
    }
}
