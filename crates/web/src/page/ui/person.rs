//! A person: initials on a quiet colour of their own, the name, and how they last felt.

use super::Given;
use crate::page::Page;
use askama::Template;

/// A person as pages show them.
#[derive(Template, Debug, Clone)]
#[template(path = "page/ui/person.html")]
pub struct Person {
    name: String,
    initials: String,
    tone: u32,
    href: Option<String>,
    mood: Option<(u8, String)>,
    large: bool,
    alone: bool,
}

/// A person by name.
pub fn person(name: impl ToString) -> Person {
    let name = name.to_string();
    let initials = initials(&name);
    let tone = name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 6;
    Person { name, initials, tone, href: None, mood: None, large: false, alone: false }
}

impl Person {
    /// Where their page is.
    pub fn href(mut self, href: impl ToString) -> Self {
        self.href = Some(href.to_string());
        self
    }

    /// How they last felt, 1 to 5; anything else leaves the dot away.
    pub fn mood(mut self, page: &Page, felt: impl Given<u8>) -> Self {
        let felt = felt.given();
        self.mood = (1..=5).contains(&felt).then(|| (felt, page.t1("feels", "felt", super::feeling::word(page, felt))));
        self
    }

    /// Larger, at the head of a page.
    pub fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// Initials only; the name is read out and shown on hover.
    pub fn alone(mut self) -> Self {
        self.alone = true;
        self
    }
}

/// The first letters of the first and the last word: "Ana María López" is AL, "Prince" is P.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn initials_of_all_kinds_of_names() {
        for (name, initials) in
            [("Ana María López", "AL"), ("Prince", "P"), ("", ""), ("  (temp) øyvind  ", "TØ"), ("李 小龙", "李小")]
        {
            assert_eq!(super::initials(name), initials, "{name:?}");
        }
    }
}
