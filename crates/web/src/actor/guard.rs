//! The doors: each type is the proof that the reader may be here.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::role::{Role, Roles};
use super::visit::{Actor, Visit};
use crate::error::Error;

fn visit_of(parts: &Parts) -> Result<Arc<Visit>, Error> {
    let visit = parts.extensions.get::<Arc<Visit>>().cloned();
    visit.ok_or_else(|| Error::Internal("the middleware `arrive` is not around this route".to_owned()))
}

/// Anybody, signed in or not.
#[derive(Clone)]
pub struct Visitor(pub Arc<Visit>);

impl Deref for Visitor {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.0
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        visit_of(parts).map(Self)
    }
}

macro_rules! doors {
    ($($(#[$doc:meta])* $name:ident: $may:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            /// The request as a visit.
            pub visit: Arc<Visit>,
            /// Who it is.
            pub actor: Actor,
        }

        impl Deref for $name {
            type Target = Actor;

            fn deref(&self) -> &Actor {
                &self.actor
            }
        }

        impl<S: Sync> FromRequestParts<S> for $name {
            type Rejection = Error;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
                let visit = visit_of(parts)?;
                let actor = visit.actor.clone().ok_or(Error::SignIn)?;
                let may: fn(Roles) -> bool = $may;
                if may(actor.roles) { Ok(Self { visit, actor }) } else { Err(Error::Forbidden) }
            }
        }
    )+};
}

doors! {
    /// Anybody who is signed in.
    Customer: |_| true;
    /// An agent.
    Agent: Roles::is_agent;
    /// An experience lead.
    Lead: |roles| roles.has(Role::Lead);
    /// Whoever may see the programme: stakeholders, leads and agents.
    Stakeholder: Roles::sees_programme;
    /// An administrator.
    Admin: |roles| roles.has(Role::Admin);
}
