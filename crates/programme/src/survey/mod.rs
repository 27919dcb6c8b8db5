//! A survey: a person who said that something is sorted is asked, briefly and not too often, how it was.
//!
//! [`offer`] decides for each confirmed ticket whether to ask, and records the reason when not. The form (`/surveys/{token}`,
//! and its first part on the person's own page of the ticket) is two taps long, with more for those who have a minute.
//! Opening it records nothing, because mail scanners open links: only sending it does. [`pulse`] asks those who did not come,
//! too; both share one table of who was asked when, so that nobody is asked too often.

mod form;
mod history;
mod kinds;
mod model;
mod offer;
mod pages;
pub mod pulse;
mod store;
#[cfg(test)]
mod tests;

use base::text::Texts;

pub use history::{Outcome, PastSurvey, import};
pub use model::{Answers, FirstChoice, Lost, Withheld, Word};
pub use offer::{Offer, Settings, offer};
pub use pages::routes;

base::id::define! {
    /// One decision to ask a person, or not to.
    pub SurveyId;
}

/// The touchpoints of surveys and pulses.
pub const KINDS: &[&[&ledger::touchpoint::Kind]] = &[kinds::KINDS, pulse::KINDS];

/// The texts of surveys.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };
