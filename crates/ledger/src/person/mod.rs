//! A person: a customer, internal or external, or someone of the desk, who is also a person.
//!
//! One person has several addresses (mail, phone, handles) and attributes that change over time. Two records of one
//! person are merged by saying who stands for both (`canonical`); nothing moves, so un-merging is exact.

mod attributes;
mod merge;
mod model;
mod store;

pub use attributes::{attributes_at, set_attributes};
pub use merge::{merge, unmerge};
pub use model::{AddressKind, Attributes, NewPerson, Person, Relation, normal_email, normal_phone};
pub use store::{
    add_address, address_of, addresses, canonical, failing, find, find_all, find_by_address, find_or_create_by_email,
    insert, mark_failing, mark_working, one_and_same, reach, search,
};

base::id::define! {
    /// A person.
    pub PersonId;
}
