quarantine-views = Ansichten
quarantine = Quarantäne
quarantine-lead = Mails, die nicht aufgenommen werden konnten. Keine ist verloren: ansehen, aufnehmen oder weglegen.
mails-waiting = Warten
mails-dropped = Nicht aufgenommen
mails-discarded = Weggelegt
mails-none-waiting = Nichts wird zurückgehalten
mails-none-dropped = Nichts wurde ausgelassen
mails-none-discarded = Nichts wurde weggelegt
mails-none-words = Bisher gehört jede Mail zu einem Ticket.
mail-no-subject = Kein Betreff
mail-no-one = Niemand genannt
mail-from = Von
mail-came = Gekommen
mail-in = Postfach
mail-size = Größe
mail-bytes = { $n ->
    [one] Ein Byte
   *[other] { $n } Bytes
}
mail-copies = So oft gekommen
mail-kind = Gehalten für
mail-error = Was nicht ging
mail-raw = Die Mail, wie sie kam
mail-cut = Nur der Anfang wird gezeigt.
mail-evidence = Was abgewogen wurde
mail-admit = Aufnehmen
mail-discard = Weglegen
done-mail-admitted = Aufgenommen.
done-mail-discarded = Weggelegt. Zu finden unter „Weggelegt“.
done-mail-still = Sie kann immer noch nicht aufgenommen werden.
mail-why-token = Sie kam an die Adresse ihres Tickets.
mail-why-issued = Sie antwortet auf eine Mail von uns.
mail-why-held = Sie antwortet auf eine Mail in ihrem Ticket.
mail-why-answered = Eine Mail in ihrem Ticket antwortet auf sie.
mail-why-sibling = Sie antwortet auf dieselbe Mail wie eine in ihrem Ticket.
mail-why-number = Ihr Betreff hat die Nummer des Tickets.
mail-why-new = Sie beginnt etwas Neues.
mail-why-stranger = Sie zitiert ein Gespräch, an dem ihr Absender nicht teilnimmt.
mail-why-ourselves = Sie kam von einer unserer eigenen Adressen.
mail-why-loop = Es ist ein Brief von uns, der im Kreis lief.
mail-why-auto-reply = Ein Programm hat geantwortet, und niemand hatte es gefragt.
mail-why-unknown-bounce = Sie meldet eine Mail als unzustellbar, die nicht von uns ist.
mail-why-receipt = Sie sagt nur, dass eine Mail gelesen wurde.
mail-why-no-sender = Sie sagt nicht, wer sie geschrieben hat.
mail-why-too-large = Sie ist größer, als der Desk annimmt. Nur ihr Anfang ist hier; die ganze Mail liegt noch im Postfach.
mail-why-unreadable = Sie konnte nicht gelesen werden.
mail-why-unstorable = Sie konnte nicht gespeichert werden.
mail-why-unfetchable = Der Mailserver gab sie nicht heraus. Sie liegt noch im Postfach.
mail-why-quoted = Sie zitiert einen Brief von uns aus ihrem Ticket.
mail-why-mark = Sie hat dieselbe Nummer eines anderen Desks oder einer Maschine wie eine Mail in ihrem Ticket.
mail-why-waited = Ein Programm hat für ihren Absender geantwortet, ehe die beantwortete Mail hier war.
mail-why-again = Eine Maschine meldet wieder etwas, dessen Ticket vorbei war.
mail-why-new-subject = Sie antwortet auf ein Ticket, mit eigenem Betreff.
mail-too-large-subject = Re: { $subject }
mail-too-large-text =
    Guten Tag,

    Ihre Mail mit { $size } ist nicht ganz bei uns angekommen: Wir nehmen Mails bis { $limit } an.
    Bitte senden Sie sie noch einmal ohne die große Datei. Dateien bis je { $upload } können Sie hier abgeben: { $link }

    { $brand }
why-title = Warum diese Mail hier ist
why-issued = Sie antwortet auf den Brief, den wir geschickt haben:
why-held = Sie antwortet auf die Mail von { $sender }:
why-names = Sie nennt ein Ticket, an dem ihr Absender nicht teilnimmt oder das sie mit neuem Betreff verlassen hat:
why-server = Unser Mailserver sagt
why-authentic = der Absender ist, wer er zu sein sagt
why-forged = die Domain des Absenders steht nicht zu dieser Mail
why-quiet-flood = Sie wurde nicht bestätigt, weil dieser Absender in kurzer Zeit viele Tickets eröffnet hat.
why-quiet-loop = Sie wurde nicht bestätigt, weil dieser Absender schon Tickets mit demselben Betreff eröffnet hat.
why-kind-human = Mail eines Menschen
why-kind-machine = Von einem Programm geschrieben
why-kind-auto-reply = Automatische Antwort
why-kind-bounce = Meldung, dass eine Mail nicht ankam
why-kind-feedback = Beschwerde über eine Mail von uns
why-kind-calendar = Einladung oder Antwort auf eine
why-kind-list = Von einer Mailingliste weitergegeben
why-number = Nummer dort
why-warning = Nicht, wie es sein soll
why-moved = Hierher verschoben von
why-into = In ein anderes Ticket verschieben
why-into-hint = Dessen Nummer, zum Beispiel D-1042. Dateien gehen mit, und was später auf diese Mail antwortet, auch.
why-move = Verschieben
why-split = Eigenes Ticket daraus machen
why-no-ticket = Es gibt kein Ticket mit dieser Nummer.
why-ours = Was der Desk geschrieben hat, bleibt, wo es gesagt wurde.
why-there = Sie ist in diesem Ticket.
why-alone = Dieses Ticket hat nichts außer ihr.
done-mail-moved = Verschoben. Beide Tickets sagen es.
did-mail-unsent = Per Mail nicht erreicht: { $address } ({ $why })
did-mail-bounced = Eine Mail an { $address } kam zurück
did-mail-quarantined = Eine Mail wurde zurückgehalten
did-mail-admitted = Eine zurückgehaltene Mail wurde aufgenommen
did-mail-discarded = Eine zurückgehaltene Mail wurde weggelegt
mail-locked = Diese Mail kam verschlüsselt und ließ sich hier nicht öffnen. Sie ist ganz aufgehoben, wie sie kam.
mail-locked-for = Verschlüsselt ist sie für: { $keys }.
