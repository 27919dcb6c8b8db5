//! How each language introduces a quote: "On Monday, Ann wrote:".

/// How one language introduces a quote.
pub(in crate::reply) struct Phrase {
    /// What the line may begin with, when it begins with neither a date nor a name.
    pub(in crate::reply) starts: &'static [&'static str],
    /// The verb that must be in it.
    pub(in crate::reply) verbs: &'static [&'static str],
    /// Whether the name may follow the verb: "schrieb Ann:".
    pub(in crate::reply) name_follows: bool,
}

const fn verb_last(starts: &'static [&'static str], verbs: &'static [&'static str]) -> Phrase {
    Phrase { starts, verbs, name_follows: false }
}

const fn name_last(starts: &'static [&'static str], verbs: &'static [&'static str]) -> Phrase {
    Phrase { starts, verbs, name_follows: true }
}

#[rustfmt::skip]
pub(in crate::reply) const PHRASES: &[Phrase] = &[
    // English
    verb_last(&["on ", "in message ", "in article "], &["wrote", "writes", "has written"]),
    // German
    name_last(&["am ", "in nachricht "], &["schrieb", "schrieben", "geschrieben", "schreibt"]),
    // French
    verb_last(&["le ", "en date du ", "dans son message"], &["a écrit", "à écrit", "a ecrit", "écrivait", "écrivit"]),
    // Spanish, Catalan, Galician
    verb_last(&["el ", "en ", "con fecha "], &["escribió", "escribio", "escribía", "ha escrito", "va escriure", "ha escrit", "escribiu"]),
    // Italian
    verb_last(&["il ", "in data ", "in date ", "nel messaggio "], &["ha scritto", "scrisse", "scriveva", "ha scritto a"]),
    // Portuguese
    verb_last(&["em ", "no dia "], &["escreveu", "escreveu no dia"]),
    // Dutch
    name_last(&["op ", "am ", "in bericht "], &["schreef", "geschreven", "schrijft"]),
    // Danish, Norwegian, Swedish
    name_last(&["den ", "d. ", "på ", "i en meddelelse "], &["skrev", "følgende", "skriver", "skreiv"]),
    // Finnish, Estonian
    verb_last(&[], &["kirjoitti", "kirjutas", "kirjoittaa"]),
    // Polish
    verb_last(&["w dniu ", "dnia ", "wiadomość napisana przez ", "użytkownik "], &["napisał", "napisała", "napisał(a)", "napisal(a)", "napisano", "napisana przez", "pisze"]),
    // Czech, Slovak
    name_last(&["dne ", "dňa ", "v "], &["napsal", "napsala", "napsal(a)", "píše", "napísal", "napísala", "napísal(a)", "odesílatel", "používateľ"]),
    // Hungarian
    verb_last(&[], &["ezt írta", "írta", "a következőt írta", "időpont"]),
    // Romanian
    verb_last(&["în ", "pe ", "in data "], &["a scris"]),
    // Greek
    verb_last(&["στις ", "την ", "το ", "τη "], &["έγραψε", "εγραψε", "έγραψαν"]),
    // Turkish
    verb_last(&[], &["şunu yazdı", "şunları yazdı", "yazdı", "şöyle yazdı"]),
    // Russian
    verb_last(&["в письме", "вы писали"], &["написал", "написала", "написал(а)", "пишет", "пишете", "вы писали", "писал", "писал(а)", "от"]),
    // Ukrainian
    verb_last(&["в листі"], &["написав", "написала", "написав(ла)", "написав(-ла)", "пише", "писав", "від"]),
    // Bulgarian, Serbian, Macedonian
    verb_last(&["на ", "дана "], &["написа", "написао", "написала", "написао/ла"]),
    // Croatian, Slovene, Bosnian
    name_last(&["dana ", "dne "], &["napisao", "napisala", "je napisao", "je napisal", "je napisala", "je napisao/la", "je oseba"]),
    // Lithuanian, Latvian
    verb_last(&[], &["rašė", "parašė", "rakstīja"]),
    // Chinese
    verb_last(&["在 ", "在", "于", "於"], &["写道", "寫道", "编写", "撰寫", "提到", "写到", "寫到", "写入", "來信"]),
    // Japanese
    verb_last(&["on "], &["のメール", "書きました", "書いた", "は書きました", "さんは書きました", "wrote"]),
    // Korean
    verb_last(&["on "], &["님이 작성", "작성", "이(가) 쓴 글", "쓴 글", "님이 쓴 글", "썼습니다", "wrote"]),
    // Vietnamese, Indonesian, Thai
    verb_last(&["vào ", "pada ", "เมื่อ "], &["đã viết", "viết", "menulis", "เขียนว่า"]),
    // Hebrew, Arabic, Persian
    name_last(&["ב", "בתאריך ", "في ", "در "], &["כתב", "כתבה", "מאת", "כתב/ה", "كتب", "نوشت"]),
];

/// What takes the place of a verb and comes first: "Quoting Ann <ann@example.org>:".
#[rustfmt::skip]
pub(in crate::reply) const QUOTING: &[&str] = &[
    "quoting ", "zitat von ", "citando ", "citando a ", "citeren ", "quoting from ", "citát ", "cytowanie ", "citerar ",
    "citerer ", "citat fra ", "quotando ", "scrive ", "selon ", "en réponse à ", "lainaus ", "idézet ", "цитирую ", "引用 ",
];

/// Words that say that a person tells what somebody wrote. A program gives names.
#[rustfmt::skip]
pub(in crate::reply) const PRONOUNS: &[&str] = &[
    "i", "we", "he", "she", "they", "it", "who", "ich", "wir", "sie", "er", "man", "je", "j'ai", "il", "elle", "nous",
    "on", "jeg", "jag", "vi", "han", "hun", "hon", "ik", "hij", "zij", "wij", "io", "lui", "lei", "noi", "eu", "ele", "ela",
    "yo", "él", "ella", "minä", "hän", "ja", "my", "on", "ona", "já", "my", "я", "мы", "он", "она", "ми", "він", "вона", "εγώ",
];
