//! The lines that programs draw above what they quote or forward, and the line under which our own mails begin.

/// What stands between rules above an answered message: `-----Original Message-----`.
#[rustfmt::skip]
pub(in crate::reply) const ORIGINAL: &[&str] = &[
    // English
    "original message", "original email", "original e-mail", "original mail", "original appointment", "original",
    "reply message", "replied message", "original message follows", "original message from", "message from",
    "original message begins", "quoted message", "quoted text",
    // German
    "ursprüngliche nachricht", "ursprüngliche e-mail", "ursprüngliche mail", "ursprungsnachricht", "originalnachricht",
    "original-nachricht", "originale nachricht", "original nachricht", "originalmail", "originaltermin",
    "original-e-mail", "ursprünglicher termin", "antwortnachricht", "beantwortete nachricht",
    // French
    "message d'origine", "message original", "message initial", "courriel original",
    "mail original", "e-mail d'origine", "mail d'origine", "message de réponse", "rendez-vous d'origine",
    // Spanish, Catalan
    "mensaje original", "mensaje de respuesta", "correo original", "missatge original", "cita original",
    // Italian
    "messaggio originale", "messaggio originario", "messaggio di risposta", "appuntamento originale",
    // Portuguese
    "mensagem original", "mensagem de resposta", "e-mail original",
    // Dutch
    "oorspronkelijk bericht", "oorspronkelijke bericht", "origineel bericht", "originele bericht", "oorspronkelijke e-mail",
    // Danish, Norwegian, Swedish
    "oprindelig meddelelse", "oprindelig besked", "oprindelig e-mail", "oprindelig mail", "original meddelelse",
    "den oprindelige meddelelse", "opprinnelig melding", "opprinnelig e-post", "original melding", "originalmelding",
    "ursprungligt meddelande", "ursprungligt e-postmeddelande", "originalmeddelande", "ursprungsmeddelande", "original meddelande",
    // Finnish, Estonian
    "alkuperäinen viesti", "alkuperäinen sähköposti", "algne kiri", "algne sõnum",
    // Polish
    "wiadomość oryginalna", "oryginalna wiadomość", "treść oryginalnej wiadomości", "oryginalny e-mail",
    "wiadomość pierwotna", "pierwotna wiadomość",
    // Czech, Slovak
    "původní zpráva", "původní e-mail", "původní mail", "původní email", "pôvodná správa", "pôvodný e-mail",
    // Hungarian
    "eredeti üzenet", "eredeti levél", "eredeti e-mail",
    // Romanian
    "mesaj original", "mesajul original", "mesaj inițial", "mesaj iniţial", "mesajul inițial",
    // Greek
    "αρχικό μήνυμα", "πρωτότυπο μήνυμα", "αρχικό email",
    // Turkish
    "orijinal mesaj", "orijinal ileti", "özgün ileti", "özgün mesaj", "orjinal mesaj", "asıl mesaj",
    // Russian, Ukrainian, Bulgarian
    "исходное сообщение", "исходное письмо", "первоначальное сообщение", "оригинальное сообщение", "исходный текст",
    "оригінальне повідомлення", "вихідне повідомлення", "початкове повідомлення", "оригинално съобщение", "исходное сообщение от",
    // Chinese, Japanese, Korean
    "原始邮件", "原始郵件", "原邮件", "原郵件", "原文", "原始信件", "原始信息", "原始訊息", "邮件原件", "原始消息", "回复的原邮件", "回复邮件",
    "元のメッセージ", "オリジナル メッセージ", "オリジナルメッセージ", "元のメール", "返信元メッセージ", "원본 메시지", "원본메시지", "원본 메일", "원본메일", "원본 이메일",
    // Croatian, Slovene, Serbian, Lithuanian, Vietnamese, Indonesian, Hebrew, Arabic
    "izvorna poruka", "originalna poruka", "izvirno sporočilo", "originalno sporočilo", "prvobitna poruka", "pradinis laiškas",
    "thư gốc", "tin nhắn gốc", "pesan asli", "הודעה מקורית", "الرسالة الأصلية",
];

/// Parts of the words that stand between rules above a forwarded message: `---- Forwarded message ----`.
#[rustfmt::skip]
pub(in crate::reply) const FORWARDED: &[&str] = &[
    "forwarded", "forward message", "fwd message", // English
    "weitergeleitet", "weiterleitung",            // German
    "transféré", "transfere", "réexpédié", "transmis", // French, Romanian
    "reenviado", "reenviat",                       // Spanish, Catalan
    "inoltrato",                                   // Italian
    "encaminhada", "reencaminhada", "reencaminhado", // Portuguese
    "doorgestuurd", "doorgezonden",                // Dutch
    "videresend", "vidaresend", "vidarebefordra",  // Danish, Norwegian, Swedish
    "välitetty", "edelleenlähete", "edastatud",    // Finnish, Estonian
    "przekazan", "przekazywan", "przesłana dalej", // Polish
    "přeposl", "přeposíl", "preposl", "preposiel", // Czech, Slovak
    "továbbított", "továbbküldött",                // Hungarian
    "redirecționat", "redirecţionat", "redirectionat", "retrimis", // Romanian
    "προωθ",                                       // Greek
    "iletilen", "iletilmiş", "yönlendiril",        // Turkish
    "пересыла", "пересл", "перенаправ", "переадресо", "пересила", "препрат", // Russian, Ukrainian, Bulgarian
    "转发", "轉寄", "轉發", "转寄", "転送", "전달",     // Chinese, Japanese, Korean
    "proslijeđen", "prosljeđen", "prosleđen", "posredovan", // Croatian, Serbian, Slovene
    "persiųst", "đã chuyển tiếp", "được chuyển tiếp", "diteruskan", "הועבר", "معاد توجيه",
];

/// What stands alone on a line, with a colon, above a forwarded message.
#[rustfmt::skip]
pub(in crate::reply) const BEGIN_FORWARDED: &[&str] = &[
    // English
    "begin forwarded message", "forwarded message", "start of forwarded message", "forwarded email",
    "below is the forwarded message", "forwarded by",
    // German
    "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail", "weitergeleitete nachricht", "beginn der weitergeleiteten nachricht",
    // French
    "début du message transféré", "début du message réexpédié", "message transféré", "debut du message transfere", "début du message renvoyé",
    // Spanish, Catalan
    "inicio del mensaje reenviado", "mensaje reenviado", "inici del missatge reenviat",
    // Italian
    "inizio messaggio inoltrato", "inizio del messaggio inoltrato", "messaggio inoltrato",
    // Portuguese
    "início da mensagem encaminhada", "início da mensagem reencaminhada", "mensagem encaminhada", "mensagem reencaminhada",
    // Dutch
    "begin doorgestuurd bericht", "doorgestuurd bericht", "begin van doorgestuurd bericht",
    // Danish, Norwegian, Swedish
    "start på videresendt besked", "start på videresendt meddelelse", "videresendt besked", "videresendt meddelelse",
    "videresendt melding", "start på videresendt melding", "begynnelse på videresendt melding", "vidarebefordrat brev",
    "vidarebefordrat meddelande", "början på vidarebefordrat brev", "början på vidarebefordrat meddelande",
    // Finnish
    "välitetty viesti alkaa", "välitetty viesti", "edelleenlähetetty viesti", "edelleenlähetetty viesti alkaa",
    // Polish
    "początek przekazywanej wiadomości", "początek przekazanej wiadomości", "przekazana wiadomość", "wiadomość przekazana",
    // Czech, Slovak
    "začátek přeposílané zprávy", "začátek přeposlané zprávy", "přeposlaná zpráva", "přeposílaná zpráva",
    "začiatok preposlanej správy", "preposlaná správa", "začiatok preposielanej správy",
    // Hungarian
    "továbbított levél kezdete", "továbbított üzenet kezdete", "továbbított üzenet", "továbbított levél",
    // Romanian
    "început mesaj redirecționat", "începutul mesajului redirecționat", "mesaj redirecționat", "începe mesajul redirecționat",
    // Greek
    "αρχή προωθημένου μηνύματος", "έναρξη προωθημένου μηνύματος", "προωθημένο μήνυμα",
    // Turkish
    "iletilen mesajın başlangıcı", "iletilen mesaj", "iletilen ileti", "iletilmiş mesajın başlangıcı", "yönlendirilen iletinin başlangıcı",
    "iletilen e-posta",
    // Russian, Ukrainian
    "начало переадресованного сообщения", "начало пересылаемого сообщения", "пересылаемое сообщение", "пересланное сообщение",
    "перенаправленное сообщение", "переадресованное сообщение", "начало переадресованного письма",
    "початок листа, що пересилається", "початок переадресованого повідомлення", "переслане повідомлення", "початок пересланого повідомлення",
    // Chinese, Japanese, Korean
    "开始转发的信息", "下面是被转发的邮件", "以下是转发的邮件", "转发的邮件", "转发邮件", "開始轉寄郵件", "以下是轉寄的郵件", "開始轉寄訊息", "轉寄的郵件",
    "転送されたメッセージ", "転送するメッセージ", "転送メッセージ", "전달된 메시지", "전달되는 메시지 시작", "전달된 메일", "전달받은 메시지",
    // Croatian, Slovene, Vietnamese, Indonesian
    "započni proslijeđenu poruku", "početak proslijeđene poruke", "proslijeđena poruka", "začetek posredovanega sporočila", "bắt đầu thư được chuyển tiếp", "awal pesan terusan",
];

/// How the subject of a forwarded message begins, before its colon.
#[rustfmt::skip]
pub(in crate::reply) const SUBJECT_FORWARDED: &[&str] = &[
    "fwd", "fw", "forward", "forwarded", // English and programs of all languages
    "wg", "weitergeleitet",   // German
    "tr", "tr.", "transféré", // French
    "rv", "reenv", "reenviado", // Spanish
    "i", "inoltra", "inoltrato", // Italian
    "enc", "encaminhada", "res-enc", "rf", // Portuguese
    "doorst", "doorgest",     // Dutch
    "vs", "vb", "vl", "videresendt", // Danish, Norwegian, Swedish, Finnish
    "pd", "przek",            // Polish
    "přep", "fwd.", "prep",   // Czech, Slovak
    "továbbítás", "tov", "továbbított", // Hungarian
    "redirecționat", "redir", // Romanian
    "πρθ", "προώθ", "προώθηση", // Greek
    "ilt", "iletilen", "ynt-ilt", // Turkish
    "пересл", "пер", "пд", // Russian, Ukrainian
    "转发", "转寄", "轉寄", "轉發", "转", "転送", "전달", // Chinese, Japanese, Korean
    "prosl", "proslijeđeno", "posr",
];

/// How the subject of an answer begins, before its colon.
#[rustfmt::skip]
pub(in crate::reply) const SUBJECT_ANSWERED: &[&str] = &[
    "re", "aw", "antw", "antwort", "sv", "vs", "rif", "r", "res", "resp", "odp", "ref", "réf", "rép", "ynt", "yan", "cev",
    "απ", "σχετ", "vá", "válasz", "bls", "ang", "ha", "отв", "ответ", "відп", "回复", "答复", "回覆", "回信", "返信", "답장", "회신",
    "rsp", "atb", "balasan", "hồi âm", "trả lời", "התשובה", "השב", "رد",
];

/// Lines above which an answer is written; our own mails and those of other desks carry them.
#[rustfmt::skip]
pub(in crate::reply) const REPLY_ABOVE: &[&str] = &[
    // English
    "reply above this line", "reply above the line", "write above this line", "write your reply above this line", "type your reply above this line", "add your reply above this line",
    "write your answer above this line", "respond above this line", "answer above this line", "type above this line",
    "enter your reply above this line", "your reply above this line", "reply below this line is ignored",
    "do not write below this line", "do not reply below this line", "don't write below this line", "do not edit below this line", "write below this line", "anything below this line", "ignore text below this line",
    // German
    "oberhalb dieser linie", "oberhalb dieser zeile", "über dieser linie", "über dieser zeile", "über diese zeile", "über diese linie", "unterhalb dieser linie", "unterhalb dieser zeile",
    // French
    "au-dessus de cette ligne", "au dessus de cette ligne", "en dessous de cette ligne",
    // Spanish, Italian, Portuguese, Romanian
    "por encima de esta línea", "encima de esta línea", "arriba de esta línea", "sobre esta línea", "por debajo de esta línea",
    "sopra questa riga", "sopra questa linea", "al di sopra di questa riga",
    "acima desta linha", "acima dessa linha", "deasupra acestei linii", "deasupra acestui rând",
    // Dutch, Danish, Norwegian, Swedish, Finnish
    "boven deze regel", "boven deze lijn", "over denne linje", "over denne linjen", "ovenfor denne linje", "ovanför denna rad", "ovanför den här raden", "ovanför denna linje", "tämän rivin yläpuolelle", "tämän viivan yläpuolelle",
    // Polish, Czech, Hungarian, Greek, Turkish
    "powyżej tej linii", "nad tą linią", "nad tento řádek", "nad tímto řádkem", "nad tento riadok", "e sor felé", "e fölé a sor fölé", "ezen sor fölé", "πάνω από αυτή τη γραμμή", "πάνω από αυτήν τη γραμμή", "bu satırın üzerine", "bu satırın üstüne", "bu çizginin üzerine",
    // Russian, Ukrainian, Chinese, Japanese, Korean
    "выше этой строки", "выше этой линии", "над этой строкой", "над этой чертой", "вище цього рядка", "вище цієї лінії", "над цим рядком", "над цією лінією",
    "请在此行上方", "在此行上方", "在此線上方", "在此行以上", "この行より上", "この線より上", "이 줄 위에", "이 선 위에",
];
