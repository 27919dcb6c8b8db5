//! Looking again and again, without being fooled by it.
//!
//! Whoever looks at a 95% interval every week for half a year, and stops when it is clear of zero, finds a "change" 27
//! times of 100 when nothing changed. Two ways out:
//!
//! - [`spending`]: the number of looks and the end are fixed beforehand, and each look may spend a part of the error.
//!   The most power for a plan that is kept.
//! - [`anytime`]: an interval that holds at all times together, so anyone may look whenever they like and stop when
//!   they like. Wider, and free of any plan.

pub mod anytime;
pub mod spending;
