//! What anyone wants to say to a person, written in the transaction that decides it and delivered by a channel.
//!
//! Each letter has an *occasion* that is unique for ever (`told:7:42`), so that the same thing is never said twice,
//! whatever runs again. A delivery that may have happened is not repeated blindly: see [`State`].

mod model;
mod store;

pub use model::{Letter, NewLetter, State};
pub use store::{
    Tally, automatic_since, claim, failed, find_by_message_id, find_by_reply_token, handing, lapsed, of_object, post,
    sent, tally, try_again,
};

base::id::define! {
    /// Something to be said.
    pub LetterId;
}
