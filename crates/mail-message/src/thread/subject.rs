//! A subject without what programs add to it on the way: is it still the same one?

use crate::reply::is_prefix;

/// Most prefixes that are taken away.
const MOST: usize = 20;

/// What a subject is about: without `Re:`, `AW:`, `Fwd:` and their like in many languages, without what stands in
/// brackets (our number, tags of lists and other desks), lower case, blanks as one. Two subjects are the same when this is.
///
/// ```
/// use mail_message::thread::plain_subject;
/// assert_eq!(plain_subject("AW: Re: [D-1042]  The  Door"), plain_subject("the door"));
/// ```
pub fn plain_subject(subject: &str) -> String {
    let shown = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}');
    let lower: String = subject.chars().take(1_000).filter(shown).flat_map(char::to_lowercase).collect();
    let lower = without_brackets(&lower).replace('：', ":");
    let mut rest = lower.trim();
    for _ in 0..MOST {
        let Some((prefix, behind)) = rest.split_once(':') else { break };
        if !is_prefix(prefix) {
            break;
        }
        rest = behind.trim_start();
    }
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without `[...]`; what is never closed stays. `Re[2]:` loses its number as well.
fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('[') {
        let Some((_, behind)) = inside.split_once(']') else { break };
        out.push_str(before);
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::plain_subject;

    #[test]
    fn line_11_the_same_subject_in_many_mail_programs() {
        let same = [
            "Door is stuck",
            "Re: Door is stuck",
            "RE: AW: Door is stuck",
            "SV: Door is stuck [D-1042]",
            "Re[2]: Door is stuck",
            "Re: [D-1042] Door  is\tstuck",
            "WG: Fwd: Door is stuck",
            "Antw.: Door is stuck",
            "回复：Door is stuck",
            "RES: Door is stuck",
            "[EXTERN] Re: [helpdesk] Door is stuck",
            "re : Door is stuck",
            "Re(3): DOOR IS STUCK",
            "\u{200e}Vá: Door is stuck",
            "Odp: Door is stuck",
            "YNT: Door is stuck",
        ];
        for subject in same {
            assert_eq!(plain_subject(subject), "door is stuck", "{subject}");
        }
        for other in ["Door: is stuck", "Window", "Re: Door is open", "Door is stuck: part two"] {
            assert_ne!(plain_subject(other), "door is stuck", "{other}");
        }
        assert_eq!(plain_subject("Re: Note: [ "), "note: [");
        assert_eq!(plain_subject("Re: [D-7]"), "");
    }
}
