//! The names of the headers that programs copy above a quoted or forwarded message, by language.

/// The names in one language.
pub(in crate::reply) struct Names {
    pub(in crate::reply) from: &'static [&'static str],
    pub(in crate::reply) sent: &'static [&'static str],
    pub(in crate::reply) to: &'static [&'static str],
    pub(in crate::reply) subject: &'static [&'static str],
    /// Copies, answers to, importance, attachments: lines that belong to such a block and prove nothing.
    pub(in crate::reply) other: &'static [&'static str],
}

const fn names(
    from: &'static [&'static str],
    sent: &'static [&'static str],
    to: &'static [&'static str],
    subject: &'static [&'static str],
    other: &'static [&'static str],
) -> Names {
    Names { from, sent, to, subject, other }
}

#[rustfmt::skip]
pub(in crate::reply) const NAMES: &[Names] = &[
    // English
    names(&["from", "sender"], &["sent", "date", "sent on", "date sent", "sent at"], &["to", "recipient"], &["subject", "re"],
        &["cc", "bcc", "reply-to", "reply to", "importance", "attachments", "organization", "sent by", "resent-from", "resent-to", "list-id", "message-id", "priority", "sensitivity", "on behalf of", "x-mailer", "newsgroups", "when", "where", "required attendees", "newsletter"]),
    // German
    names(&["von", "absender"], &["gesendet", "datum", "gesendet am", "gesendet um", "verschickt", "zeit"], &["an", "empfänger"], &["betreff", "thema", "betr"],
        &["kopie", "kopie (cc)", "blindkopie", "antwort an", "antworten an", "wichtigkeit", "anlagen", "anhänge", "gesendet von", "priorität", "organisation", "wann", "wo", "vertraulichkeit"]),
    // French
    names(&["de", "expéditeur", "expediteur", "de la part de"], &["envoyé", "envoye", "date", "envoyé le", "date d'envoi", "envoyé à"], &["à", "a", "destinataire", "pour", "destinataires"], &["objet", "sujet"],
        &["copie", "copie à", "copies", "répondre à", "importance", "pièces jointes", "pièce jointe", "cci", "organisation", "envoyé par"]),
    // Spanish, Catalan
    names(&["de", "remitente", "desde"], &["enviado", "enviado el", "fecha", "enviado en", "fecha de envío", "enviada", "enviat", "enviat el", "data"], &["para", "a", "destinatario", "per a"], &["asunto", "assumpte", "tema"],
        &["copia", "con copia", "cco", "responder a", "importancia", "adjuntos", "datos adjuntos", "enviado por", "organización"]),
    // Italian
    names(&["da", "mittente"], &["inviato", "data", "inviato il", "data invio", "data di invio", "inviata"], &["a", "per", "destinatario"], &["oggetto"],
        &["copia", "ccn", "copia conoscenza", "rispondi a", "rispondi-a", "priorità", "allegati", "importanza", "per conoscenza", "organizzazione"]),
    // Portuguese
    names(&["de", "remetente"], &["enviado", "enviada", "enviado em", "enviada em", "data", "data de envio"], &["para", "a", "destinatário"], &["assunto"],
        &["cópia", "com cópia", "cco", "responder a", "responder para", "importância", "anexos", "prioridade"]),
    // Dutch
    names(&["van", "afzender"], &["verzonden", "verzonden op", "datum", "verstuurd"], &["aan", "ontvanger"], &["onderwerp", "betreft"],
        &["kopie", "antwoord aan", "antwoorden naar", "urgentie", "bijlagen", "prioriteit", "beantwoorden aan"]),
    // Danish
    names(&["fra", "afsender"], &["sendt", "dato", "sendt den"], &["til", "modtager"], &["emne"],
        &["kopi", "svar til", "prioritet", "vedhæftede filer", "vedhæftet"]),
    // Norwegian
    names(&["fra", "avsender", "frå"], &["sendt", "dato", "sendt den"], &["til", "mottaker"], &["emne"],
        &["kopi", "svar til", "prioritet", "vedlegg", "kopi til"]),
    // Swedish
    names(&["från", "avsändare"], &["skickat", "datum", "skickad", "sänt", "skickades"], &["till", "mottagare"], &["ämne", "angående"],
        &["kopia", "kopia till", "svar till", "svara till", "prioritet", "bilagor"]),
    // Finnish
    names(&["lähettäjä", "lähettänyt", "keneltä"], &["lähetetty", "päivämäärä", "päiväys", "lähetysaika", "pvm"], &["vastaanottaja", "kenelle", "vastaanottajat"], &["aihe", "otsikko"],
        &["kopio", "vastausosoite", "vastaus osoitteeseen", "tärkeys", "liitteet"]),
    // Estonian
    names(&["saatja"], &["saadetud", "kuupäev"], &["adressaat", "saaja"], &["teema", "pealkiri"], &["koopia"]),
    // Polish
    names(&["od", "nadawca"], &["wysłano", "wysłane", "data", "wysłana", "data wysłania"], &["do", "adresat", "odbiorca"], &["temat"],
        &["dw", "udw", "kopia", "do wiadomości", "odpowiedz do", "ważność", "załączniki", "odpowiedź do"]),
    // Czech
    names(&["od", "odesílatel", "odesilatel"], &["odesláno", "datum", "posláno", "odeslána"], &["komu", "pro", "příjemce"], &["předmět", "věc"],
        &["kopie", "skrytá kopie", "odpověď komu", "odpovědět komu", "důležitost", "přílohy", "odpověď", "adresa pro odpověď"]),
    // Slovak
    names(&["od", "odosielateľ"], &["odoslané", "dátum", "poslané", "odoslaná"], &["komu", "pre", "adresát", "príjemca"], &["predmet", "vec"],
        &["kópia", "odpovedať komu", "odpoveď", "dôležitosť", "prílohy"]),
    // Hungarian
    names(&["feladó", "küldő", "tól"], &["elküldve", "küldve", "dátum", "küldés ideje", "küldés dátuma", "küldve ekkor"], &["címzett", "címzettek", "kinek"], &["tárgy"],
        &["másolat", "másolatot kap", "válaszcím", "titkos másolat", "fontosság", "mellékletek"]),
    // Romanian
    names(&["de la", "de", "expeditor"], &["trimis", "data", "trimisă", "dată", "trimis la", "expediat"], &["către", "catre", "la", "destinatar", "pentru"], &["subiect", "subiectul"],
        &["cc", "copie", "răspuns către", "răspunde la", "importanță", "atașări"]),
    // Greek
    names(&["από", "απο", "αποστολέας"], &["στάλθηκε", "ημερομηνία", "αποστολή", "ημ/νία", "ημερομηνία αποστολής", "εστάλη"], &["προς", "παραλήπτης"], &["θέμα"],
        &["κοιν", "κοινοποίηση", "κοιν.", "απάντηση σε", "απάντηση προς", "συνημμένα", "σπουδαιότητα"]),
    // Turkish
    names(&["kimden", "gönderen"], &["gönderildi", "tarih", "gönderme tarihi", "gönderilme tarihi", "gönderim tarihi", "gönderilen", "gönderilmiş"], &["kime", "alıcı", "kime/alıcı"], &["konu"],
        &["bilgi", "yanıt", "yanıtla", "yanıt adresi", "gizli", "önem", "ekler", "yanıtlama adresi"]),
    // Russian
    names(&["от", "от кого", "отправитель"], &["отправлено", "дата", "отправлена", "дата отправки", "послано", "время"], &["кому", "получатель"], &["тема"],
        &["копия", "копии", "скрытая копия", "ответить", "кому ответить", "обратный адрес", "важность", "вложения", "адрес для ответа", "ответить на"]),
    // Ukrainian
    names(&["від", "від кого", "відправник", "відправник"], &["надіслано", "дата", "відправлено", "надісланий", "дата надсилання"], &["кому", "до", "одержувач", "отримувач"], &["тема"],
        &["копія", "копії", "відповісти", "зворотна адреса", "відповідь", "важливість", "вкладення", "кому відповісти"]),
    // Bulgarian, Serbian
    names(&["от", "подател", "од", "шаље"], &["изпратено", "дата", "послато", "датум"], &["до", "за", "прима"], &["относно", "тема", "наслов", "предмет"], &["копие", "копија"]),
    // Croatian, Slovene, Serbian in Latin letters
    names(&["od", "pošiljatelj", "šalje", "pošiljatelj"], &["poslano", "datum", "poslato", "poslano dana"], &["za", "prima", "primatelj", "prejemnik"], &["predmet", "zadeva", "naslov"], &["kopija", "kp", "odgovori na", "odgovor na", "odgovori"]),
    // Lithuanian, Latvian
    names(&["nuo", "siuntėjas", "no", "sūtītājs"], &["išsiųsta", "data", "nosūtīts", "datums"], &["kam", "gavėjas", "iki", "adresāts"], &["tema", "temats"], &["kopija"]),
    // Chinese, simplified
    names(&["发件人", "寄件人", "发信人", "发送人", "发自"], &["发送时间", "发送日期", "日期", "时间", "发件时间", "发送", "已发送"], &["收件人", "收信人", "至", "发送至", "发给"], &["主题", "标题"],
        &["抄送", "抄送人", "密送", "回复地址", "回复至", "重要性", "附件", "答复至"]),
    // Chinese, traditional
    names(&["寄件者", "寄件人", "發件人", "自", "來自"], &["寄件日期", "日期", "傳送時間", "發送時間", "寄件時間", "已傳送", "發送日期", "時間"], &["收件者", "收件人", "至", "收信人"], &["主旨", "主題"],
        &["副本", "副本抄送", "密件副本", "回覆", "回覆至", "重要性", "附件", "回覆給", "回覆地址"]),
    // Japanese
    names(&["差出人", "送信者", "送信元", "発信者", "from"], &["送信日時", "日時", "送信日", "日付", "送信済み", "送信"], &["宛先", "宛て先", "受信者", "to"], &["件名", "題名", "タイトル", "subject"],
        &["写し", "返信先", "重要度", "添付ファイル", "同報"]),
    // Korean
    names(&["보낸 사람", "보낸사람", "발신자", "보내는 사람", "보낸 이", "보낸이"], &["보낸 날짜", "날짜", "보낸날짜", "보낸 시간", "보냄", "일시", "발신일", "보낸시간"], &["받는 사람", "받는사람", "수신자", "받는 이", "받는이", "수신"], &["제목"],
        &["참조", "숨은 참조", "답장", "회신", "중요도", "첨부", "답장 받는 사람"]),
    // Vietnamese, Indonesian
    names(&["từ", "người gửi", "dari"], &["ngày", "đã gửi", "ngày gửi", "tanggal", "dikirim", "terkirim"], &["đến", "tới", "kepada", "ke"], &["chủ đề", "tiêu đề", "perihal", "subjek", "judul"], &["đồng gửi"]),
    // Hebrew, Arabic
    names(&["מאת", "من"], &["נשלח", "תאריך", "تاريخ", "تم الإرسال", "التاريخ", "أرسلت"], &["אל", "עבור", "إلى"], &["נושא", "הנדון", "الموضوع"], &["עותק", "העתק", "نسخة"]),
];

/// What a website's form asks for besides: a line of these directly below such names belongs to a form.
#[rustfmt::skip]
pub(in crate::reply) const FORM: &[&str] = &[
    "message", "your message", "comment", "comments", "text", "content", "name", "phone", "telephone", "company", "nachricht", "ihre nachricht", "mitteilung",
    "kommentar", "inhalt", "telefon", "firma", "commentaire", "téléphone", "mensaje", "comentario", "comentarios", "teléfono", "messaggio",
    "telefono", "mensagem", "telefone", "bericht", "opmerking", "telefoon", "besked", "melding", "meddelande", "viesti", "wiadomość", "treść", "zpráva",
    "üzenet", "mesaj", "telefon numarası", "μήνυμα", "сообщение", "телефон", "повідомлення", "内容", "留言", "訊息", "電話", "电话", "本文", "お問い合わせ内容", "내용", "메시지", "전화",
];
