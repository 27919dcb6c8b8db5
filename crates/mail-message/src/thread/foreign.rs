//! The numbers of other desks in a subject.

use std::sync::LazyLock;

use regex::Regex;

/// Most that are read of one subject.
const MOST: usize = 5;

/// How desks write their numbers; the group is the number.
#[rustfmt::skip]
const FORMS: &[&str] = &[
    // ServiceNow: a kind and at least seven digits
    r"\b((?:INC|RITM|REQ|CHG|PRB|TASK|SCTASK|CS|HRC|CASE)[0-9]{7,15})\b",
    // Jira: a key in brackets, "[JIRA] (NET-42)", "[NET-42]"
    r"[\[(]([A-Z][A-Z0-9_]{1,9}-[0-9]{1,9})[\])]",
    // OTRS, Znuny, Zammad: "[Ticket#2024010112345678]"
    r"\b[Tt]icket ?#([0-9]{2,20})\b",
    // Request Tracker: "[example.net #123]"
    r"\[[A-Za-z0-9._-]{1,60} #([0-9]{1,12})\]",
    // Freshdesk, Help Scout, FreeScout and many others: "[#123]"
    r"\[#([0-9]{1,12})\]",
    // Salesforce: "[ ref:_00D.._500..:ref ]"
    r"\b(ref:[A-Za-z0-9!._]{8,60}:ref)\b",
];

static MARKS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    FORMS.iter().map(|form| Regex::new(form).expect("these expressions are fixed and were tried")).collect()
});

/// The numbers of other desks in `subject`, each once, in the order of the forms above.
pub fn marks(subject: &str) -> Vec<String> {
    let found = MARKS.iter().flat_map(|form| form.captures_iter(subject).take(MOST).map(|found| found[1].to_owned()));
    let mut marks: Vec<String> = Vec::new();
    for mark in found {
        if marks.len() < MOST && !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn numbers_of_other_desks() {
        // PEERS 19
        let cases = [
            ("INC0012345 has been updated", "INC0012345"),
            ("[JIRA] (NET-42) Printer", "NET-42"),
            ("RE: [Ticket#2024010112345678] Printer", "2024010112345678"),
            ("[example.net #77] Printer", "77"),
            ("[#1042] Printer", "1042"),
            ("Printer [ ref:_00D00AbCd._500000XyZ:ref ]", "ref:_00D00AbCd._500000XyZ:ref"),
        ];
        for (subject, mark) in cases {
            assert_eq!(marks(subject), [mark], "{subject}");
        }
        for subject in ["Printer", "Room B-12 (second floor)", "COVID-19", "INCOMPLETE", "PO 4711"] {
            assert!(marks(subject).is_empty(), "{subject}");
        }
    }
}
