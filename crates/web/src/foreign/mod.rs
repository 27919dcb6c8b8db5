//! HTML that somebody else wrote: made safe, shown in a frame of its own.
//!
//! Two gates, each sufficient for what it is there for. `read` brings anything into a balanced and bounded form, in
//! linear time, and leaves out what has no place in a mail. `ammonia` then parses that as a browser does, and lets
//! through only the elements and attributes of `tags`, with values that `gate` has looked at. What comes out is shown
//! by `frame` under a policy that runs no script, and fetches nothing from elsewhere unless the reader asked for it.

mod css;
mod frame;
mod gate;
mod link;
mod picture;
mod quote;
mod read;
mod rich;
mod tags;
#[cfg(test)]
mod tests;
mod text;
mod write;

use base::text::Texts;

pub use frame::Frame;
pub use picture::Pictures;
pub use rich::says_more;
pub use text::{Prose, prose};

/// The texts of frames.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// What is wanted of a document.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The pictures that came with it.
    pub pictures: Pictures,
    /// Pictures from elsewhere are shown: the reader asked for them.
    pub remote: bool,
    /// The history at its end is folded, under this word.
    pub fold: Option<String>,
}

/// A document that is safe to show in a [`Frame`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clean {
    /// What goes into the body.
    pub html: String,
    /// Its style sheet.
    pub sheet: String,
    /// How many pictures from elsewhere are not shown.
    pub blocked: usize,
    /// It sets colours of its own, which need white paper.
    pub has_colours: bool,
}

/// Makes a document safe. Takes time in proportion to its length, whatever is in it.
pub fn clean(html: &str, wanted: Wanted) -> Clean {
    let pieces = read::read(html);
    let fold = wanted.fold.as_deref().and_then(|word| Some((quote::find(&pieces.all)?, word)));
    let bounded = write::write(&pieces.all, fold);
    let mut seen = css::Seen::default();
    let sheet = css::sheet(&pieces.sheet, &mut seen);
    let (html, passed) = gate::pass(&bounded, wanted.pictures, wanted.remote);
    Clean { html, sheet, blocked: passed.blocked, has_colours: seen.colours || passed.colours }
}
