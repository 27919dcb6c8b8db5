//! What an agent reads about a message's signature and lock: a line for each, with an icon and a tone.

use askama::Template;
use web::page::{Page, ui};

use crate::ticket::extras::{Seal, SealNote, Signature};

/// The lines about a seal.
#[derive(Template)]
#[template(path = "ticket/desk/seal.html")]
pub(super) struct SealLines {
    label: String,
    lines: Vec<Line>,
}

// Everything in it is escaped by its own template.
impl askama::filters::HtmlSafe for SealLines {}

struct Line {
    icon: &'static str,
    /// `good`, `bad`, or neither.
    tone: &'static str,
    words: String,
    /// Ids of keys, for who wants to compare.
    small: Option<String>,
}

/// What there is to say about a seal.
pub(super) fn lines(page: &Page, seal: &Seal) -> SealLines {
    let mut lines = Vec::new();
    if seal.encrypted {
        lines.push(lock(page, seal));
    }
    if let Some(signature) = seal.signature {
        lines.push(signed(page, seal, signature));
    }
    if !seal.came_along.is_empty() {
        let words = page.t1("sealed-came-along", "keys", seal.came_along.join(", ").as_str());
        lines.push(Line { icon: "info", tone: "", words, small: None });
    }
    if let Some(last) = lines.last_mut().filter(|_| seal.notes.contains(&SealNote::Beside)) {
        last.words = format!("{} {}", last.words, page.t("sealed-note-beside"));
    }
    SealLines { label: page.t("sealed"), lines }
}

fn lock(page: &Page, seal: &Seal) -> Line {
    if seal.opened {
        return Line { icon: "lock", tone: "", words: page.t("sealed-opened"), small: None };
    }
    let why = |note: &&SealNote| {
        matches!(note, SealNote::NoPassphrase | SealNote::Damaged | SealNote::TooLarge | SealNote::NotSupported)
    };
    let why = seal.notes.iter().find(why).copied().unwrap_or(SealNote::NoKey);
    let keys = (!seal.locked_for.is_empty()).then(|| seal.locked_for.join(", "));
    let small = keys.map(|keys| page.t1("sealed-for", "keys", keys.as_str()));
    Line { icon: "lock", tone: "bad", words: page.t(format!("sealed-{why}")), small }
}

fn signed(page: &Page, seal: &Seal, signature: Signature) -> Line {
    let signer = seal.signer.clone().unwrap_or_else(|| page.t("sealed-somebody"));
    let mut words = page.t1(&format!("sealed-{signature}"), "signer", signer.as_str());
    let tells = |note: &&SealNote| {
        matches!(note, SealNote::AttachmentOnly | SealNote::Weak | SealNote::NoAuthority)
            || (**note == SealNote::NotSupported && !seal.is_locked())
    };
    for note in seal.notes.iter().filter(tells) {
        words = format!("{words} {}", page.t(format!("sealed-note-{note}")));
    }
    let (icon, tone) = match signature {
        Signature::Valid => ("done", "good"),
        Signature::UnknownKey => ("unknown", ""),
        _ => ("warning", "bad"),
    };
    Line { icon, tone, words, small: seal.key.as_deref().map(|key| page.t1("sealed-key", "key", key)) }
}
