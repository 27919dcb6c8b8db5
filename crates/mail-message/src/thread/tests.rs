use super::*;

const OWN: Own<'_> = Own { address_local_part: "desk", domain: "example.org", number_pattern: "[D-{number}]" };

#[test]
fn evidence_is_gathered_strongest_first() {
    // PEERS 1, 2, 4, 5, 7, 9
    let message = Message::read(
        b"From: ann@example.net\nTo: Bob <bob@example.org>\nCc: Desk <Desk+t0-Ken.x@EXAMPLE.org>\n\
        In-Reply-To: <c@x> <b@x>\nReferences: <a@x>\n\t<b@x> <c@x>\nSubject: Re: [Other #7] [d-1042] Printer\n\nHi",
    );
    let found = evidence(&message, &OWN);
    assert_eq!(found.token.as_deref(), Some("t0-Ken.x"));
    assert_eq!(found.ids, ["c@x", "b@x", "a@x"]);
    assert_eq!(found.subject_number.as_deref(), Some("1042"));
    assert_eq!(found.foreign_marks, ["7"]);
}

#[test]
fn marks_of_others_are_left_alone() {
    // PEERS 7, 18: another desk with the same software has its own domain and its own tokens.
    let foreign = Message::read(b"To: desk+abc@example.net, x+abc@example.org\nSubject: [AD-12] [D-] D-12\n\n");
    assert_eq!(Evidence { foreign_marks: vec![], ..evidence(&foreign, &OWN) }, Evidence::default());
    let shell = Message::read(b"Delivered-To: \"desk+a;rm -rf\"@example.org\n\n");
    assert_eq!(evidence(&shell, &OWN).token, None);
}

#[test]
fn a_number_is_found_where_clients_leave_it() {
    // PEERS 7
    let number = |subject: &str| {
        let message = Message::read(format!("From: a@b.c\nSubject: {subject}\n\nx").as_bytes());
        evidence(&message, &OWN).subject_number
    };
    for subject in [
        "[D-1042] Printer",
        "Re: [D-1042] Printer",
        "AW: WG: Printer [D-1042]",
        "Printer [d-1042] (second floor)",
        "Re: [D-1042 <http://D-1042>] Printer",
        "Re: [D- 1042 ] Printer",
        "=?utf-8?Q?Antw:_[D-1042]_Gr=C3=BC=C3=9Fe?=",
        "[External] [D-1042] Printer",
        "[D-x] [D-1042] Printer",
    ] {
        assert_eq!(number(subject).as_deref(), Some("1042"), "{subject}");
    }
    let both = Message::read(b"From: a@b.c\nSubject: [NET-42] [D-1042] Printer\n\nx");
    assert_eq!(evidence(&both, &OWN).foreign_marks, ["NET-42"]);
    for subject in ["Printer", "[AD-1042]", "D-1042", "[D-]", "[D-1042", "[D-1042a]", "[#1042]"] {
        assert_eq!(number(subject), None, "{subject}");
    }
}

#[test]
fn a_token_is_left_in_the_quote_when_the_headers_are_gone() {
    // PEERS 6
    let token = |body: &str| {
        let message = Message::read(format!("From: a@b.c\nSubject: Printer\n\n{body}").as_bytes());
        evidence(&message, &OWN).quoted_token
    };
    for body in [
        "Still broken.\n\n> From: Desk <desk+Tok-1@example.org>\n> Is it?",
        "Still broken.\n\n-----Original Message-----\nFrom: Desk [mailto:DESK+Tok-1@example.org]\nIs it?",
        "x desk%2BTok-1%40example.org",
        "Write to desk+Tok-1@example.org.",
    ] {
        assert_eq!(token(body).as_deref(), Some("Tok-1"), "{body}");
    }
    for body in
        ["desk@example.org", "helpdesk+Tok@example.org", "desk+Tok@example.org.evil.example", "desk+@example.org"]
    {
        assert_eq!(token(body), None, "{body}");
    }
    let html =
        "From: a@b.c\nContent-Type: text/html\n\n<p>Still broken</p><a href=\"mailto:desk+Tok-1@example.org\">Desk</a>";
    assert_eq!(evidence(&Message::read(html.as_bytes()), &OWN).quoted_token.as_deref(), Some("Tok-1"));
}

#[test]
fn the_token_helps_when_a_service_rewrote_our_ids() {
    // PEERS 17: the id that is answered is the sending service's; the address is still ours.
    let message = Message::read(
        b"From: ann@example.net\nTo: desk+tok@example.org\nSubject: Re: Printer\n\
        In-Reply-To: <0102018e-aaaa-000000@eu-west-1.sender.example>\n\nHi",
    );
    let found = evidence(&message, &OWN);
    assert_eq!((found.token.as_deref(), found.ids.len()), (Some("tok"), 1));
}
