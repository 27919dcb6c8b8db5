//! Forms: what was typed, what is wrong with it, and the same page again with nothing lost.
//!
//! [`Input`] takes any body a browser, or an attacker, may send and never refuses a field. A capability *parses* it into
//! a type of its own through a [`Check`], which collects what is wrong, field by field; with errors the handler shows the
//! form again with status 422 and the same [`Input`].

mod check;
mod flash;
mod input;

pub use check::{Check, Errors};
pub use flash::{Done, flash_of, forget_flash};
#[cfg(any(test, fuzzing))]
pub(crate) use input::read;
pub use input::{Input, Upload};

/// Text as it may stand in a query: everything but letters, digits and `-_.~/` escaped.
pub fn url_encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// A path within this site to go on to, or `fallback` when it is anything else (another host, a script).
pub fn own_path<'a>(target: &'a str, fallback: &'a str) -> &'a str {
    let own =
        target.starts_with('/') && !target.starts_with("//") && !target.contains(|c: char| c == '\\' || c.is_control());
    if own { target } else { fallback }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_paths_are_followed() {
        assert_eq!(own_path("/desk?x=1", "/"), "/desk?x=1");
        for other in
            ["https://x.example", "//x.example", "/\\x.example", "javascript:1", "/a\nb", "/a\u{1}b", "/a\u{7f}", ""]
        {
            assert_eq!(own_path(other, "/"), "/", "{other:?}");
        }
    }
}
