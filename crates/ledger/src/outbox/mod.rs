//! What anyone wants to say to a person, written in the transaction that decides it and delivered by a channel.
//!
//! Each letter has an *occasion* that is unique for ever (`told:7:42`), so that the same thing is never said twice,
//! whatever runs again. A delivery that may have happened is not repeated blindly: see [`State`].

mod model;
mod store;

pub use model::{Delivery, Letter, Mailbox, NewLetter, Refused, State, Taken};
pub use store::{
    Tally, Whose, accept_again, add_refused, automatic_about, automatic_since, claim, claim_from, deliveries, failed,
    find_by_message_id, find_by_refusal_token, find_by_reply_token, handing, lapsed, of_object, post, refuse, refuses,
    sent, sent_by, taken, taken_in_part, tally, try_again, waiting_from,
};

base::id::define! {
    /// Something to be said.
    pub LetterId;
}
