//! Control charts: has a series changed, or is it the usual up and down?
//!
//! Two points always differ. A chart knows from a *baseline* how much a process moves by itself, and speaks only when a
//! point or a run of points does not fit that. The caller says which points are the baseline, once; limits are never
//! recomputed behind their back, because a chart that forgives each good month cannot see a bad one.
//!
//! - [`Xmr`] for single figures in time order (a median wait each week, a mean each month). No distribution is assumed:
//!   when in doubt, this one.
//! - [`Proportions`] for shares with their counts (solved at first contact: 41 of 57). It knows that few answers move
//!   more, but supposes that nothing else moves them.

mod proportions;
mod rules;
mod xmr;

pub use proportions::{Limits, Proportions};
pub use rules::{Rule, Signal};
pub use xmr::Xmr;
