//! The parts that pages are made of. A part is a small struct with its template beside it; a page's template writes
//! `{{ ui::text("subject", page.t("ticket-subject")).value(form.subject).error(form.error("subject")) }}`, which the
//! compiler checks, and which needs `use web::page::ui;` beside the struct that fills the template.
//!
//! Where the words of a part are our own (a channel's name, "cannot tell"), its function takes the page first. Frames
//! without logic (button, card, table, drawer, tabs, composer, letter) are plain HTML with the classes of
//! `front/style/components/`; `/admin/components` shows each.

mod chip;
mod feeling;
mod field;
mod finding;
mod found;
mod message;
mod person;
mod timeline;
mod wait;

pub use chip::{Chip, Icon, Named, channel, channel_icon, chip, icon, named_icon, stage, verdict};
pub use feeling::{Face, Faces, Scale, face, faces, scale};
pub use field::{Choices, Field, Files, Opt, choices, email, files, password, search, select, text, textarea};
pub use finding::{Finding, Verdict};
pub use found::{Found, found};
pub use message::{Banner, Empty, Pager, banner, empty, pager};
pub use person::{Person, person};
pub use timeline::{Dot, Event, Ribbon, When, event, ribbon};
pub use wait::{Wait, wait};

/// What a part may be given or not: an `Option` of anything that reads as text, or a reference to one.
pub trait Maybe {
    /// The text, if there is one.
    fn text(&self) -> Option<String>;
}

impl<T: ToString> Maybe for Option<T> {
    fn text(&self) -> Option<String> {
        self.as_ref().map(ToString::to_string)
    }
}

impl<M: Maybe + ?Sized> Maybe for &M {
    fn text(&self) -> Option<String> {
        (**self).text()
    }
}

/// A number, as templates give it: by value, or by however many references they reached it through.
pub trait Given<T> {
    /// The number.
    fn given(self) -> T;
}

impl<T, G: Given<T> + Copy> Given<T> for &G {
    fn given(self) -> T {
        (*self).given()
    }
}

macro_rules! given {
    ($($wanted:ty: $($number:ty),+;)+) => { $($(
        impl Given<$wanted> for $number {
            /// What does not fit (a count beyond 63 bits, a feeling beyond 255) becomes the largest that does.
            fn given(self) -> $wanted {
                <$wanted>::try_from(self).unwrap_or(<$wanted>::MAX)
            }
        }
    )+)+ };
}
given! {
    i64: i32, i64, u32, u64, usize;
    u64: i32, u64, usize;
    u8: u8, i32, i64;
}

impl Given<f64> for f64 {
    fn given(self) -> f64 {
        self
    }
}

impl Given<Option<i64>> for Option<i64> {
    fn given(self) -> Option<i64> {
        self
    }
}

/// Marks parts as HTML, so that a template does not escape them a second time. Each is an askama template ending in
/// `.html`, which has escaped everything that it was given.
macro_rules! html_safe {
    ($($part:ty),+) => { $( impl askama::filters::HtmlSafe for $part {} )+ };
}
html_safe!(
    Chip, Icon, Named, Face, Faces, Scale, Field, Files, Choices, Finding, Banner, Empty, Pager, Person, Event, Ribbon,
    When, Wait, Found
);
