//! The last word: what a browser would make of it, and nothing that is not allowed.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use ammonia::{Builder, Url, UrlRelative};

use super::css::{self, Seen};
use super::picture::{Pictures, Source};
use super::tags;

/// Longest address and longest style of one element, bytes: no server takes more of the one, and no mail has more of
/// the other. What writes the outcome looks through all of a value at each ampersand in it.
const LONGEST: usize = 16_000;

/// What was met on the way.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Passed {
    pub blocked: usize,
    pub colours: bool,
}

#[derive(Default)]
struct Met {
    blocked: AtomicUsize,
    colours: AtomicBool,
}

/// Lets through what is allowed.
pub(super) fn pass(html: &str, pictures: Pictures, remote: bool) -> (String, Passed) {
    let met = Arc::new(Met::default());
    let noted = Arc::clone(&met);
    let mut builder = Builder::empty();
    builder
        .tags(tags::all().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .generic_attributes(tags::ANYWHERE.iter().copied().collect())
        .tag_attributes(tags::SOMEWHERE.iter().map(|(tag, its)| (*tag, its.iter().copied().collect())).collect())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid", "data"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_values(HashMap::from([("a", HashMap::from([("target", "_blank")]))]))
        .strip_comments(true)
        .attribute_filter(move |element, attribute, value| {
            let allowed = allowed(element, attribute, value, &pictures, remote, &noted);
            // The value as it is need not be written again.
            allowed.map(|allowed| if allowed == value { Cow::Borrowed(value) } else { allowed.into_owned().into() })
        });
    let html = builder.clean(html).to_string();
    (html, Passed { blocked: met.blocked.load(Ordering::Relaxed), colours: met.colours.load(Ordering::Relaxed) })
}

/// The value that an attribute may have, when it may be there.
fn allowed<'v>(
    element: &str,
    attribute: &str,
    value: &'v str,
    pictures: &Pictures,
    remote: bool,
    met: &Met,
) -> Option<Cow<'v, str>> {
    match (element, attribute) {
        ("img", "src") => match pictures.source(value, remote) {
            Source::Ours(address) => Some(address.into()),
            Source::Blocked => {
                met.blocked.fetch_add(1, Ordering::Relaxed);
                None
            }
            Source::None => None,
        },
        ("a", "href") if value.len() <= LONGEST => {
            let url = Url::parse(value).ok()?;
            matches!(url.scheme(), "http" | "https" | "mailto" | "tel").then_some(value.into())
        }
        (_, "src" | "href") => None,
        (_, "style") if value.len() <= LONGEST => {
            let mut seen = Seen::default();
            let style = css::declarations(value, &mut seen);
            met.colours.fetch_or(seen.colours, Ordering::Relaxed);
            (!style.is_empty()).then_some(style.into())
        }
        (_, "bgcolor") => {
            let is_colour = value.len() <= 30 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
            met.colours.fetch_or(is_colour && !css::is_paper(&with_sign(value)), Ordering::Relaxed);
            is_colour.then_some(value.into())
        }
        (_, "class" | "id") => is_name(value).then_some(value.into()),
        (_, "width" | "height" | "border" | "cellpadding" | "cellspacing" | "size" | "hspace" | "vspace") => {
            is_length(value).then_some(value.into())
        }
        (_, "colspan" | "rowspan") => {
            let number: u32 = value.trim().parse().ok()?;
            (1..=200).contains(&number).then_some(value.into())
        }
        (_, "title" | "alt" | "lang" | "dir" | "align" | "valign" | tags::GOES) => Some(cut(value, 500).into()),
        ("a", "rel" | "target") => Some(value.into()),
        (_, "style") => None,
        _ => is_name(value).then_some(value.into()),
    }
}

fn with_sign(colour: &str) -> String {
    let is_hex = colour.len() == 6 && colour.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex { format!("#{colour}") } else { colour.to_owned() }
}

fn is_name(value: &str) -> bool {
    value.len() <= 500
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b' ' | b'.' | b':'))
}

fn is_length(value: &str) -> bool {
    value.len() <= 8
        && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'%' | b'p' | b'x' | b'*'))
}

fn cut(value: &str, most: usize) -> &str {
    &value[..value.floor_char_boundary(most)]
}
