//! A company that never existed, with known truth: feeds the demo, the estimator tests and the benches.
//!
//! Lindenhof makes laboratory balances and sensors at six sites in Europe. [`Company::new`] lives through its months:
//! people have needs, go to the desk or around it, wait, are helped, are asked, remember. The result is plain data,
//! the same for the same seed on every machine, and it knows nothing of any database. What nobody in the company
//! could see (who went around the desk, how the silent felt, why moods fell) is kept in [`truth::Truth`], so that
//! estimators can be judged against it.
//!
//! Times are UTC milliseconds. Indexes ([`person::PersonId`], [`need::NeedId`]) are positions in the company's lists.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failed test may panic"))]

pub mod company;
pub mod improvement;
pub mod line;
pub mod mood;
pub mod need;
pub mod notice;
pub mod person;
pub mod places;
pub mod pulse;
pub mod services;
pub mod situations;
pub mod survey;
pub mod ticket;
pub mod touch;
pub mod truth;
pub mod ways;

mod asking;
mod calendar;
mod desk;
mod dice;
mod life;
mod names;
mod phrases;

pub use company::{Company, Settings};
pub use ways::Ways;

use std::borrow::Cow;

/// A text of the story: most are fixed sentences, some were put together.
pub type Text = Cow<'static, str>;
