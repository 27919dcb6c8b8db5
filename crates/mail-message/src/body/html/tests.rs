use super::{html_to_text, marked_text, regions};
use crate::reply::RegionIs;

#[test]
fn pages_read_as_text() {
    let cases = [
        ("<p>Hello &amp; <b>wel</b>come</p><p>Bye</p>", "Hello & welcome\n\nBye"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<style>p{}</style><script>x<y</script>Text<!-- no -->", "Text"),
        (
            "<div>New</div><blockquote>Old<br>lines<blockquote>Older</blockquote></blockquote>After",
            "New\n> Old\n> lines\n> > Older\nAfter",
        ),
        ("<ul><li>one<li>two</ul>", "* one\n* two"),
        ("<ol><li><p>one</p></li><li>two<ul><li>in<li></li></ul></li></ol>end", "1. one\n\n2. two\n  * in\n\nend"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("<table><tr><td><p>a</p></td><td><div>b</div></td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("1 < 2 & 3 &euro;&#8364;&#x20ac; &nosuch; &", "1 < 2 & 3 €€€ &nosuch; &"),
        ("<a title='>' href=x>link</a>", "link"),
        (
            "<a href=\"https://example.org/?a=1&amp;b=2\">here</a>, please",
            "here <https://example.org/?a=1&b=2>, please",
        ),
        ("<a href=\"https://example.org/\">https://example.org</a>", "https://example.org"),
        ("<pre>a\n  b</pre>c", "a\n  b\nc"),
        ("<svg>kept", "kept"),
        ("1 <b and no more", "1 <b and no more"),
        ("<!-- kept, since it never ends", "kept, since it never ends"),
        ("<head><title>x</title></head><header>Kept</header>", "Kept"),
        ("<div style=\"display: none\">no<div>no</div></div>yes", "yes"),
        ("<!--[if gte mso 9]><xml>no</xml><![endif]--><![if !mso]>yes<![endif]>", "yes"),
        (
            "<p class=MsoNormal>a</p><p class=MsoNormal>b<o:p></o:p></p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>c</p>",
            "a\nb\n\nc",
        ),
        ("x<blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">in</blockquote>y", "x\nin\ny"),
        ("Great <img alt=\"🎉\" src=x> <img alt=\"Logo\" src=y>", "Great 🎉"),
        ("a\u{fdd0}b", "ab"),
        ("<base href='https://exam\0ple.org/a/'><a href=b>c</a>", "c <https://example.org/a/b>"),
        ("a\0\u{1b}b\u{c}c<pre>d\re\u{c}f\r\ng", "ab c\nd e f\ng"),
    ];
    for (html, text) in cases {
        assert_eq!(html_to_text(html), text, "{html}");
    }
}

#[test]
fn the_structure_of_mail_programs_is_told() {
    let cases = [
        (
            "New<div class=\"gmail_quote\"><div class=gmail_attr>Au:<br></div><blockquote>Old</blockquote></div>",
            RegionIs::Attributed,
            1,
            3,
        ),
        ("New<div id=\"x_divRplyFwdMsg\">Xyz: a</div><div>Old</div>", RegionIs::Quote, 1, usize::MAX),
        ("New<div class=\"ydp1yahoo_quoted\"><div>Xyz</div>Old</div>Below", RegionIs::Quote, 1, 3),
        (
            "New<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>Xyz: a</div>Old",
            RegionIs::Quote,
            1,
            usize::MAX,
        ),
        ("New<div name=\"quote\">Old</div>", RegionIs::Quote, 1, 2),
        ("New<div class=\"gmail_signature\">Ann<br>Ltd</div>", RegionIs::Signature, 1, 3),
    ];
    for (html, is, start, end) in cases {
        let found = regions(&marked_text(html)).1;
        assert_eq!(found.len(), 1, "{html}");
        assert_eq!((found[0].is, found[0].start, found[0].end), (is, start, end), "{html}");
    }
    assert_eq!(regions(&marked_text("<p class=quote>x</p><div class=gmail_quote></div>")).1, []);
}
