//! Who may do what: pure functions of the actor and the record. The door to all these pages is `web::actor::Stakeholder`.

use ledger::person::PersonId;
use web::actor::{Actor, Role, Roles};

/// Whether they see who said it, and in which words: leads and agents, as the sentence above each survey says. Others
/// see how many.
pub(super) fn see_names(actor: &Actor) -> bool {
    follow_up(actor.roles)
}

/// Whether they see that somebody answered badly, as soon as they have: leads and agents. To others one more follow-up
/// would say what one person has just answered, whatever name is left out.
pub(super) fn follow_up(roles: Roles) -> bool {
    roles.has(Role::Lead) || roles.has(Role::Agent)
}

/// Whether they decide about something that `owner` carries: leads, and the owner.
pub(super) fn decide(actor: &Actor, owner: Option<PersonId>) -> bool {
    actor.roles.has(Role::Lead) || owner == Some(actor.person)
}

/// Whether they look after a follow-up that `owner` has: leads, and an owner who may see names.
pub(super) fn look_after(actor: &Actor, owner: Option<PersonId>) -> bool {
    see_names(actor) && decide(actor, owner)
}

/// Whether they may take a follow-up over.
pub(super) fn take_over(actor: &Actor, owner: Option<PersonId>) -> bool {
    see_names(actor) && owner != Some(actor.person)
}
