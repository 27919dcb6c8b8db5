//! Where a picture of a document comes from: with it, from elsewhere, or out of itself.

use std::collections::HashMap;

/// Longest address of a picture elsewhere, bytes.
const LONGEST: usize = 16_000;
/// Largest picture within the document itself, in bytes of base64.
const WITHIN: usize = 1_500_000;

/// The pictures that came with a document, by the names that it uses for them.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    by_id: HashMap<String, String>,
    by_name: HashMap<String, String>,
}

/// Where a picture is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// It may be shown from here.
    Ours(String),
    /// It is elsewhere, and asking for it would tell its sender.
    Blocked,
    /// It is nowhere.
    None,
}

impl Pictures {
    /// Adds a picture: its Content-ID if it has one, its name, and the address on this desk that gives it. Of two with
    /// one id the first is meant.
    pub fn add(&mut self, id: Option<&str>, name: &str, address: String) {
        if let Some(id) = id.map(folded).filter(|id| !id.is_empty()) {
            self.by_id.entry(id).or_insert_with(|| address.clone());
        }
        self.by_name.entry(name.to_lowercase()).or_insert(address);
    }

    /// Where the picture is that `src` names.
    pub(super) fn source(&self, src: &str, remote: bool) -> Source {
        let src = src.trim();
        let scheme = src.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let rest = src.split_once(':').map_or("", |(_, rest)| rest);
        match scheme.as_deref() {
            Some("cid") => self.named(rest).map_or(Source::None, |address| Source::Ours(address.clone())),
            Some("data") => within(src).map_or(Source::None, Source::Ours),
            Some("http" | "https") if remote && src.len() > LONGEST => Source::None,
            Some("http" | "https") if remote => match ammonia::Url::parse(src) {
                // Whatever a server gives by plain HTTP anyone on the way could have changed.
                Ok(mut url) => match url.set_scheme("https") {
                    Ok(()) => Source::Ours(url.into()),
                    Err(()) => Source::None,
                },
                Err(_) => Source::None,
            },
            Some("http" | "https") => Source::Blocked,
            Some(_) => Source::None,
            // Some programs name a part by its file, as if the mail were a folder.
            None => self.by_name.get(&src.to_lowercase()).map_or(Source::None, |found| Source::Ours(found.clone())),
        }
    }

    fn named(&self, id: &str) -> Option<&String> {
        let id = folded(id);
        // What is named by its file name and a made-up domain.
        let by_name = || self.by_name.get(id.split('@').next().unwrap_or(&id));
        self.by_id.get(&id).or_else(by_name)
    }
}

/// An id without what mail programs do to it: blanks, line breaks, `%` codes, brackets, case.
fn folded(id: &str) -> String {
    let mut bytes = Vec::with_capacity(id.len());
    let mut rest = id.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten().and_then(|two| std::str::from_utf8(two).ok());
        if let Some(byte) = code.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '<' | '>')).collect::<String>().to_lowercase()
}

/// A picture within the document: of pixels, and not too large.
fn within(src: &str) -> Option<String> {
    const KINDS: [&str; 5] = ["png", "jpeg", "jpg", "gif", "webp"];
    if src.len() > WITHIN {
        return None;
    }
    let (head, data) = src.split_once(',')?;
    let kind = head.get(5..)?.trim().to_ascii_lowercase();
    let kind = kind.strip_prefix("image/")?.strip_suffix(";base64")?.split(';').next()?.to_owned();
    let data: String = data.chars().filter(|c| !c.is_whitespace()).collect();
    let is_base64 = data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
    (KINDS.contains(&kind.as_str()) && is_base64).then(|| format!("data:image/{kind};base64,{data}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pictures() -> Pictures {
        let mut pictures = Pictures::default();
        pictures.add(Some("logo@lindenhof.example"), "logo.png", "/1".to_owned());
        pictures.add(Some("<LOGO@lindenhof.example>"), "again.png", "/2".to_owned());
        pictures.add(Some("a b/c%d@x"), "odd.png", "/3".to_owned());
        pictures.add(None, "image001.png", "/4".to_owned());
        pictures
    }

    #[test]
    fn line_62_a_picture_is_found_however_it_is_named() {
        let ours = |src: &str| pictures().source(src, false);
        for (src, expected) in [
            ("cid:logo@lindenhof.example", Some("/1")),
            ("CID:Logo@Lindenhof.example", Some("/1")),
            ("cid:logo@\r\n lindenhof.example", Some("/1")),
            ("cid:logo%40lindenhof.example", Some("/1")),
            ("cid:<logo@lindenhof.example>", Some("/1")),
            ("cid:a%20b%2Fc%25d@x", Some("/3")),
            ("cid:image001.png@01D9.AB12", Some("/4")),
            ("image001.png", Some("/4")),
            ("cid:nobody", None),
            ("cid:", None),
        ] {
            let expected = expected.map_or(Source::None, |address| Source::Ours(address.to_owned()));
            assert_eq!(ours(src), expected, "{src}");
        }
    }

    #[test]
    fn line_59_a_picture_from_elsewhere_waits_for_the_reader() {
        let none = Pictures::default();
        assert_eq!(none.source("http://x.example/p.gif?id=1", false), Source::Blocked);
        assert_eq!(none.source("HTTPS://x.example/p.gif", false), Source::Blocked);
        let asked = none.source("http://x.example/p.gif?id=1", true);
        assert_eq!(asked, Source::Ours("https://x.example/p.gif?id=1".to_owned()), "never by plain HTTP");
        for src in ["//x.example/p.gif", "file:///etc/passwd", "ftp://x/p", "javascript:1", "/desk", "blob:x", "x:y"] {
            assert_eq!(none.source(src, true), Source::None, "{src}");
        }
    }

    #[test]
    fn line_59_a_picture_within_the_mail_is_of_pixels() {
        let none = Pictures::default();
        assert_eq!(
            none.source("data:image/png;base64,AA\n==", false),
            Source::Ours("data:image/png;base64,AA==".into())
        );
        for src in [
            "data:image/svg+xml;base64,AA==",
            "data:text/html;base64,AA==",
            "data:image/png,<svg>",
            "data:image/png;base64,AA\"x",
            "data:,x",
        ] {
            assert_eq!(none.source(src, false), Source::None, "{src}");
        }
        assert_eq!(none.source(&format!("data:image/png;base64,{}", "A".repeat(WITHIN)), false), Source::None);
    }
}
