use mail_parser::{HeaderValue, Message, MessageParser};

/// A message as a test sees it: the bytes, and what a mail program would show.
#[derive(Debug, Clone)]
pub struct Letter {
    raw: Vec<u8>,
}

impl Letter {
    /// A letter of these bytes.
    pub fn new(raw: Vec<u8>) -> Letter {
        Letter { raw }
    }

    /// The bytes as they lie in the mailbox.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The subject, decoded; empty when there is none.
    pub fn subject(&self) -> String {
        self.parsed(|mail| mail.subject().map(ToString::to_string))
    }

    /// The address in `From`, without the name.
    pub fn from(&self) -> String {
        self.parsed(|mail| mail.from()?.first()?.address().map(ToString::to_string))
    }

    /// The text as a person reads it, decoded: the plain part, or the HTML part as text.
    pub fn text(&self) -> String {
        self.parsed(|mail| mail.body_text(0).map(|text| text.replace("\r\n", "\n")))
    }

    /// The HTML part, decoded; made from the plain one when there is no other.
    pub fn html(&self) -> String {
        self.parsed(|mail| mail.body_html(0).map(|html| html.replace("\r\n", "\n")))
    }

    /// A header's value as it stands, unfolded, without decoding; `None` when it is not there.
    pub fn header(&self, name: &str) -> Option<String> {
        let mail = MessageParser::default().parse(&self.raw)?;
        let raw = mail.header_raw(name)?;
        Some(raw.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// `Message-ID` without the angle brackets; empty when there is none.
    pub fn message_id(&self) -> String {
        self.parsed(|mail| mail.message_id().map(ToString::to_string))
    }

    /// The ids in `References`, oldest first, without the angle brackets.
    pub fn references(&self) -> Vec<String> {
        let parsed = MessageParser::default().parse(&self.raw);
        match parsed.as_ref().map(Message::references) {
            Some(HeaderValue::Text(one)) => vec![one.to_string()],
            Some(HeaderValue::TextList(all)) => all.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    }

    /// The web addresses in the text, in order.
    pub fn links(&self) -> Vec<String> {
        let text = self.text();
        let ends = |character: char| character.is_whitespace() || "<>\"'()[]".contains(character);
        text.match_indices("http")
            .map(|(start, _)| text[start..].split(ends).next().unwrap_or_default())
            .filter(|link| link.starts_with("http://") || link.starts_with("https://"))
            .map(|link| link.trim_end_matches(['.', ',', ';', '!', '?']).to_string())
            .collect()
    }

    fn parsed(&self, part: impl FnOnce(&Message) -> Option<String>) -> String {
        MessageParser::default().parse(&self.raw).and_then(|mail| part(&mail)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_read_as_a_person_would() {
        let letter = Letter::new(
            b"From: Ana Silva <ana@lindenhof.example>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\
              Message-ID: <a@b>\r\nReferences: <x@y>\r\n <z@y>\r\nContent-Transfer-Encoding: quoted-printable\r\n\
              Content-Type: text/plain; charset=utf-8\r\n\r\n\
              Please look (http://127.0.0.1:7300/a?b=3D1) or\r\nhttps://desk.example/long=\r\n-way.\r\n"
                .to_vec(),
        );
        assert_eq!(letter.subject(), "Grüße");
        assert_eq!(letter.from(), "ana@lindenhof.example");
        assert_eq!(letter.message_id(), "a@b");
        assert_eq!(letter.references(), ["x@y", "z@y"]);
        assert_eq!(letter.header("references").as_deref(), Some("<x@y> <z@y>"));
        assert_eq!(letter.header("reply-to"), None);
        assert_eq!(letter.links(), ["http://127.0.0.1:7300/a?b=1", "https://desk.example/long-way"]);
    }
}
