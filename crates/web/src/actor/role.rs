//! Roles, and which of them open which door.

base::code::define! {
    /// What someone is to the desk. Everybody signed in is a customer; the others are given.
    pub enum Role {
        /// Asks for help.
        Customer = "customer",
        /// Does the work.
        Agent = "agent",
        /// Runs the experience programme.
        Lead = "lead",
        /// Owns part of a journey in another department.
        Stakeholder = "stakeholder",
        /// Sets the desk up.
        Admin = "admin",
    }
}

/// The roles of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u8);

impl Roles {
    /// No role but the customer's.
    pub const CUSTOMER: Self = Self(0);

    /// These roles, kept as words with blanks between them.
    pub fn parse(words: &str) -> Self {
        words.split_whitespace().filter_map(Role::parse).fold(Self(0), Self::with)
    }

    /// The same and one more.
    pub fn with(self, role: Role) -> Self {
        Self(self.0 | (1 << role as u8))
    }

    /// Whether this role was given; everybody is a customer.
    pub fn has(self, role: Role) -> bool {
        role == Role::Customer || self.0 & (1 << role as u8) != 0
    }

    /// May work on tickets.
    pub fn is_agent(self) -> bool {
        self.has(Role::Agent)
    }

    /// May see the programme: leads, stakeholders, and agents, who should know how it feels.
    pub fn sees_programme(self) -> bool {
        self.has(Role::Lead) || self.has(Role::Stakeholder) || self.has(Role::Agent)
    }

    /// The words it is kept as.
    pub fn words(self) -> String {
        let held = Role::ALL.iter().filter(|role| **role != Role::Customer && self.has(**role));
        held.map(|role| role.as_str()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_kept_as_words_and_give_nothing_by_chance() {
        let roles = Roles::parse("agent lead nonsense");
        assert!(roles.is_agent() && roles.has(Role::Lead) && roles.has(Role::Customer));
        assert!(!roles.has(Role::Admin) && !roles.has(Role::Stakeholder));
        assert_eq!(Roles::parse(&roles.words()), roles);
        assert!(!Roles::CUSTOMER.is_agent() && !Roles::CUSTOMER.sees_programme());
    }
}
