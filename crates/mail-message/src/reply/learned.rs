//! Signatures that one sender puts below every mail, found by comparing several of them: no delimiter is needed.

use std::collections::HashMap;

/// Most lines of a signature, and most earlier mails that are looked at.
const MOST_LINES: usize = 25;
const MOST_MAILS: usize = 20;

/// The lines at the end that most of these texts share, when that is a signature: at least two of the texts end with
/// it, they differ above it, and it is more than a greeting. `texts` are the visible replies of one sender.
///
/// ```
/// let mails = ["It works.\n\nAnn Other\nExample Ltd", "Again.\n\nAnn Other\nExample Ltd"];
/// assert_eq!(mail_message::reply::common_signature(&mails).as_deref(), Some("Ann Other\nExample Ltd"));
/// ```
pub fn common_signature(texts: &[&str]) -> Option<String> {
    // The last lines of each mail, last first; mails that were sent twice count once.
    let mut endings: Vec<Vec<&str>> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for text in texts.iter().take(MOST_MAILS).filter(|text| seen.insert(text.trim())) {
        endings.push(text.trim().rsplit('\n').map(str::trim).take(MOST_LINES + 1).collect());
    }
    let mut best: Option<(usize, usize)> = None; // lines, index of a mail that has them
    let mut alive: Vec<usize> = (0..endings.len()).collect();
    for depth in 0..MOST_LINES {
        let mut by_line: HashMap<&str, Vec<usize>> = HashMap::new();
        for &mail in &alive {
            // A mail is never all signature.
            if let Some(line) = endings[mail].get(depth).filter(|_| endings[mail].len() > depth + 1) {
                by_line.entry(line).or_default().push(mail);
            }
        }
        let Some(most) = by_line.into_values().max_by_key(|mails| (mails.len(), std::cmp::Reverse(mails[0]))) else {
            break;
        };
        if most.len() < 2 || most.len() * 2 < endings.len() {
            break;
        }
        best = Some((depth + 1, most[0]));
        alive = most;
    }
    let (lines, mail) = best?;
    let mut found: Vec<&str> = endings[mail][..lines].iter().rev().copied().collect();
    while found.first().is_some_and(|line| line.is_empty()) {
        found.remove(0);
    }
    let written = found.iter().filter(|line| !line.is_empty()).count();
    (written >= 2).then(|| found.join("\n"))
}

impl super::Reply {
    /// Moves a signature that earlier mails of this sender taught ([`common_signature`]) out of the visible text.
    pub fn without_signature(mut self, known: &str) -> Self {
        let wanted: Vec<&str> = known.trim().lines().map(str::trim).collect();
        let lines: Vec<&str> = self.visible.lines().collect();
        let Some(from) = lines.len().checked_sub(wanted.len()).filter(|from| *from > 0 && !wanted.is_empty()) else {
            return self;
        };
        if !lines[from..].iter().map(|line| line.trim()).eq(wanted) {
            return self;
        }
        let above = lines[..from].join("\n").trim_end().to_owned();
        if above.trim().is_empty() {
            return self;
        }
        let below = std::mem::take(&mut self.signature);
        self.signature = lines[from..].join("\n");
        if !below.is_empty() {
            self.signature.push('\n');
            self.signature.push_str(&below);
        }
        self.visible = above;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::common_signature;
    use crate::reply::split;

    #[test]
    fn a_signature_is_learned_from_several_mails() {
        // PEERS 57
        let signature = "Kind regards\n\nAnn Other\nExample Ltd, Tel. +49 30 000";
        let mails: Vec<String> = ["The printer is on.", "Where is my key?\nIt was here."]
            .map(|text| format!("{text}\n\n{signature}"))
            .into();
        let mut texts: Vec<&str> = mails.iter().map(String::as_str).collect();
        texts.push("Short one, from the phone.");
        assert_eq!(common_signature(&texts).as_deref(), Some(signature));
        let reply =
            split(&format!("A third thing.\n\n{signature}\n\nSent from my iPhone")).without_signature(signature);
        assert_eq!(reply.visible, "A third thing.");
        assert_eq!(reply.signature, format!("{signature}\nSent from my iPhone"));
    }

    #[test]
    fn what_is_no_signature_stays() {
        assert_eq!(common_signature(&["One\nThanks", "Two\nThanks"]), None, "one line is a greeting");
        assert_eq!(common_signature(&["Same\ntext\nhere", "Same\ntext\nhere"]), None, "the same mail twice");
        assert_eq!(common_signature(&["One\nAnn\nLtd", "Two", "Three", "Four", "Five\nAnn\nLtd"]), None);
        assert_eq!(common_signature(&[]), None);
        let alone = split("Ann\nLtd").without_signature("Ann\nLtd");
        assert_eq!(alone.visible, "Ann\nLtd");
        assert_eq!(split("x").without_signature("").visible, "x");
    }
}
