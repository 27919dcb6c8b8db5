//! An improvement: what people said should be better, carried through until everybody who said so has been told.
//!
//! A bad answer becomes a follow-up that somebody owns ([`follow_up`]); follow-ups join an improvement; duplicates are
//! merged. When it is done, or declined with a reason, each raiser is told exactly once in the transaction that says so,
//! whoever merged what into what before, and "you said, we did" appears on the portal. See `tell.rs` for why once is once.

mod can;
mod follow_up;
mod history;
mod kinds;
mod model;
mod pages;
mod store;
mod tell;
#[cfg(test)]
mod tests;
mod work;

use base::text::Texts;
use web::Nav;
use web::actor::Roles;
use web::page::Section;

pub use follow_up::{FollowUp, Reason, Standing, open as follow_up};
pub use history::{PastDuplicate, PastFollowUp, PastImprovement, PastRaiser, import, import_follow_ups};
pub use kinds::KINDS;
pub use model::{Improvement, State};
pub use pages::routes;

/// Where one finds them.
pub const NAV: &[Nav] = &[
    Nav {
        section: Section::Programme,
        href: "/programme/follow-ups",
        key: "followups-nav",
        icon: "loop",
        may: follows_up,
    },
    Nav {
        section: Section::Programme,
        href: "/programme/improvements",
        key: "improvements-nav",
        icon: "idea",
        may: sees,
    },
];

fn sees(roles: Option<Roles>) -> bool {
    roles.is_some_and(Roles::sees_programme)
}

fn follows_up(roles: Option<Roles>) -> bool {
    roles.is_some_and(can::follow_up)
}

base::id::define! {
    /// An improvement.
    pub ImprovementId;
    /// A bad answer that somebody looks after.
    pub FollowUpId;
}

/// The texts of follow-ups and improvements.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };
