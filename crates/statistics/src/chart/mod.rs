//! Control charts: has a series changed, or is it the usual up and down?

mod xmr;

pub use xmr::{Rule, Signal, Xmr};
