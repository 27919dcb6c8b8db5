//! Entities that a file declares inside itself: `<!DOCTYPE log [<!ENTITY firm "ACME">]>`. Those that lie in other files are
//! never read, and what an entity comes to is bounded, so that small files cannot become large ones.

/// Most entities, the longest text of one, and the most that all references together may come to.
const MOST: usize = 256;
const LONGEST: usize = 4096;
const BUDGET: usize = 1 << 24;

/// The entities of a file.
#[derive(Default)]
pub(super) struct Entities {
    texts: Vec<(String, String)>,
    spent: usize,
    /// What was left as it is written: entities of other files, too many, too long.
    pub(super) left: bool,
}

impl Entities {
    /// Takes what a document type declares.
    pub(super) fn declare(&mut self, doctype: &str) {
        let mut rest = doctype;
        while let Some(at) = rest.find("<!") {
            rest = &rest[at..];
            if rest.starts_with("<!--") {
                let Some(end) = rest.find("-->") else { return };
                rest = &rest[end + 3..];
                continue;
            }
            let Some(entity) = rest.strip_prefix("<!ENTITY") else {
                rest = &rest[2..];
                continue;
            };
            rest = entity;
            let entity = entity.trim_ascii_start();
            let Some((name, value)) = entity.split_once(|letter: char| letter.is_ascii_whitespace()) else { return };
            let value = value.trim_ascii_start();
            let text = value.chars().next().filter(|mark| matches!(mark, '"' | '\'')).and_then(|mark| {
                let text = &value[1..];
                Some((&text[..text.find(mark)?], mark))
            });
            let Some((text, _)) = text else {
                // In another file (SYSTEM, PUBLIC), or for the document type itself (%).
                self.left = true;
                continue;
            };
            rest = &value[text.len() + 2..];
            let known = self.texts.iter().any(|(known, _)| known == name);
            let text = self.resolved(text);
            if text.len() > LONGEST || self.texts.len() == MOST {
                self.left = true;
            } else if !known {
                // The first declaration counts.
                self.texts.push((name.to_owned(), text));
            }
        }
    }

    /// A text with its references resolved, if one of them is to an entity of this file.
    pub(super) fn of(&mut self, raw: &str) -> Option<String> {
        if self.texts.is_empty() || !raw.contains('&') {
            return None;
        }
        Some(self.resolved(&raw.replace(['\n', '\r', '\t'], " ")))
    }

    fn resolved(&mut self, raw: &str) -> String {
        let mut text = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find('&') {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            // A reference has no other inside it.
            let Some(end) = rest[1..].find(['&', ';']).map(|end| end + 1) else { break };
            let reference = &rest[..=end];
            let name = &reference[1..end];
            if !reference.ends_with(';') {
                text.push_str(&rest[..end]);
                rest = &rest[end..];
                continue;
            }
            let own = self.texts.iter().find(|(known, _)| known == name).map(|(_, own)| own.as_str());
            match own {
                Some(own) if self.spent + own.len() <= BUDGET => {
                    self.spent += own.len();
                    text.push_str(own);
                }
                Some(_) => {
                    self.left = true;
                    text.push_str(reference);
                }
                None => {
                    let Ok(known) = quick_xml::escape::unescape(reference) else {
                        // It may be no reference at all.
                        text.push('&');
                        rest = &rest[1..];
                        continue;
                    };
                    text.push_str(&known);
                }
            }
            rest = &rest[end + 1..];
        }
        text.push_str(rest);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(doctype: &str, raw: &str) -> (Option<String>, bool) {
        let mut entities = Entities::default();
        entities.declare(doctype);
        (entities.of(raw), entities.left)
    }

    #[test]
    fn entities_of_the_file_itself_are_resolved() {
        let doctype = "log [<!-- <!ENTITY no \"x\"> --> <!ELEMENT log ANY>\n\
            <!ENTITY firm \"Sun &amp; Moon\"><!ENTITY firm 'second'> <!ENTITY both '&firm; &#169; \"x\"'>]";
        assert_eq!(
            of(doctype, "&both;: &lt;&firm;&gt; & &no; &").0.unwrap(),
            "Sun & Moon © \"x\": <Sun & Moon> & &no; &"
        );
        assert_eq!(of(doctype, "plain"), (None, false));
        assert_eq!(of("log", "&firm;"), (None, false));
    }

    #[test]
    fn other_files_are_not_read_and_small_ones_do_not_grow() {
        let (text, left) = of("log [<!ENTITY f SYSTEM \"file:///etc/hosts\"><!ENTITY g 'h'>]", "&f;&g;");
        assert_eq!((text.as_deref(), left), (Some("&f;h"), true));
        let mut bomb = "log [<!ENTITY a0 'aaaaaaaaaa'>".to_owned();
        for n in 1..40 {
            bomb.push_str(&format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10)));
        }
        let mut entities = Entities::default();
        entities.declare(&bomb);
        assert!(entities.left && entities.spent <= BUDGET);
        let raw = "&a2;".repeat(100_000);
        assert!(entities.of(&raw).unwrap().len() <= BUDGET + raw.len());
    }
}
