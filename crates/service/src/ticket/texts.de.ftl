inbox = Eingang
ticket = Ticket
view-mine = Meine
view-mine-title = Meine
view-nobodys = Freie
view-nobodys-title = Noch bei niemandem
view-longest = Warten
view-longest-title = Warten am längsten
view-feels-bad = Unmut
view-feels-bad-title = Waren zuletzt unzufrieden
view-sorted = Erledigt
view-sorted-title = Erledigt, neueste zuerst
inbox-choose = Nichts geöffnet
inbox-choose-words = Wählen Sie links ein Ticket, oder drücken Sie j und o.
inbox-empty-mine = Nichts auf Ihrem Tisch
inbox-empty-nobodys = Alles hat jemanden
inbox-empty-longest = Niemand wartet auf Sie
inbox-empty-feels-bad = Niemand war zuletzt unzufrieden
inbox-empty-sorted = Noch ist nichts erledigt
inbox-empty-words = Neue erscheinen hier von selbst.
search = Suche
search-tickets = Tickets durchsuchen
search-words = Wörter, ein Name oder eine Nummer wie D-1042.
search-found = { $n ->
    [one] Ein Ticket
   *[other] { $n } Tickets
}
search-nothing = Nichts gefunden zu „{ $words }“
search-nothing-words = Versuchen Sie es mit weniger Wörtern oder anders geschrieben.
ticket-state-new = Neu
ticket-state-open = Offen
ticket-state-waiting-person = Wartet auf Antwort
ticket-state-waiting-others = Wartet auf andere
ticket-state-resolved = Gelöst
ticket-state-closed = Geschlossen
needs-it = { $name } braucht es:
needed-now = sofort
needed-today = heute
needed-week = diese Woche
needed-no-hurry = keine Eile
message-machine = Ein Programm schrieb
message-note = Notiz, nur für den Desk
message-failed = Das ging nicht hinaus: { $why }
show-all = Alles zeigen
letter-as-text = Text
letter-as-sent = Wie gesendet
letter-form = Wie diese Nachricht gezeigt wird
letter-frame = Was { $name } geschickt hat
letter-alone = Für sich öffnen
letter-rest = Den Rest zeigen
letter-cut = Das ist nicht alles.
letter-whole-text = Der ganze Text
letter-forwarded = Weitergegeben von { $name }
meeting = Termin
meeting-invited = Lädt zu einem Termin ein
meeting-changed = Ändert einen Termin
meeting-cancelled = Sagt einen Termin ab
meeting-accepted = Kommt
meeting-declined = Kommt nicht
meeting-tentative = Kommt vielleicht
meeting-countered = Schlägt eine andere Zeit vor
meeting-told = Nennt einen Termin
meeting-when = Wann
meeting-place = Wo
meeting-organizer = Eingeladen von
meeting-guests = Wer
meeting-repeats = und wieder
meeting-more = und { $n } weitere
meeting-guest-accepted = kommt
meeting-guest-declined = kommt nicht
meeting-guest-tentative = kommt vielleicht
file-mail = Mail
file-meeting = Termin
file-contact = Kontakt
file-sound = Ton
file-fax = Fax
file-picture = Bild
file-other = Datei
attached = Eine angehängte Mail
attached-open = Lesen
attached-back = Zurück zu { $number }
attached-within = An die Mail darüber angehängt
attached-from = Von
attached-to = An
attached-date = Gesendet
attached-cut = Weitere Mails darin sind in der Datei.
attached-download = Die Datei selbst
overtaken = { $name } hat geschrieben, während Sie schrieben. Lesen Sie es oben; Ihre Worte stehen noch unten.
composer-kind = Was Sie schreiben
composer-reply = Antwort
composer-note = Notiz
composer-to = an { $name }, { $address }
composer-no-address = { $name } hat keine Mailadresse, die funktioniert: das steht nur auf der eigenen Seite.
composer-text = Schreiben …
enclose = Beilegen
send = Senden
save = Speichern
send-and-wait = Senden
send-and-resolve = Senden, erledigt
send-and-keep = Senden, bleibt bei uns
set-open = Wieder aufnehmen
set-waiting-others = Wartet auf andere
set-resolved = Erledigt
about-person = Zur Person
ticket-work = Arbeit
ticket-agent = Wer es hat
nobody = Niemand
assign = Geben
assign-me = Ich nehme es
tags = Schlagworte
tags-hint = Wörter mit Kommas dazwischen.
other-tickets = Auch von dieser Person
address-email = Mail
address-phone = Telefon
address-handle = Name
attribute-site = Standort
attribute-department = Abteilung
attribute-role = Funktion
attribute-since = Seit
done-answered = Gesendet.
done-noted = Notiz behalten.
done-assigned = Gegeben.
done-state = Geändert.
done-tagged = Schlagworte gespeichert.
my-requests = Meine Anfragen
no-requests = Sie haben uns noch nichts gefragt
no-requests-words = Wenn Sie es tun, können Sie es hier verfolgen.
ask-us = Fragen Sie uns
ask-us-words = Sagen Sie es mit Ihren Worten. Die Antwort kommt per Mail, und Sie können hier alles verfolgen.
ask-email-hint = Dorthin geht unsere Antwort.
ask-subject = Worum geht es?
ask-subject-hint = Ein paar Wörter genügen.
ask-text = Erzählen Sie mehr
ask-needed = Wann brauchen Sie es?
ask-files = Bilder oder Dateien
ask-files-hint = Bis zu { $mb } MB je Datei.
ask-send = Senden
form-look-again = Es fehlt noch etwas. Nichts von dem, was Sie geschrieben haben, ist verloren.
request-state-new = Wir haben es
request-state-open = Wir sind daran
request-state-waiting-person = Wir haben Sie etwas gefragt
request-state-waiting-others = Wir warten auf jemand anderen
request-state-resolved = Wir glauben, es ist erledigt
request-state-closed = Erledigt
request-with = { $agent } kümmert sich
request-write = Schreiben Sie uns …
request-over = Das ist eine Weile her. Wenn es wiedergekommen ist, fragen Sie uns noch einmal:
is-it-sorted = Ist es für Sie erledigt?
sorted-yes = Ja, es ist erledigt
sorted-no-words = Wenn nicht, schreiben Sie, was noch fehlt. Es kommt gleich zu uns zurück.
done-asked = Wir haben es. Eine Mail ist zu Ihnen unterwegs.
done-written = Gesendet.
done-reopened = Gesendet. Wir nehmen es wieder auf.
done-confirmed = Schön zu hören. Danke für die Rückmeldung.
ticket-mail-received =
    Guten Tag { $name },

    wir haben Ihre Anfrage; ihre Nummer ist { $number }. Ein Mensch liest sie und antwortet.
    Hier können Sie sie verfolgen und ergänzen: { $link }
    Oder antworten Sie einfach auf diese Mail.

    { $brand }
ticket-mail-answer =
    { $agent }
    { $brand }

    Antworten Sie auf diese Mail, oder sehen Sie alles hier: { $link }
ticket-mail-sorted =
    { $agent }
    { $brand }

    Wir glauben, das ist erledigt. Stimmt das? Sagen Sie es hier: { $link }
    Wenn nicht, antworten Sie einfach auf diese Mail.
ticket-mail-resolved =
    Guten Tag { $name },

    wir glauben, dass „{ $subject }“ erledigt ist. Stimmt das? Sagen Sie es hier: { $link }
    Wenn nicht, antworten Sie einfach auf diese Mail.

    { $brand }
message-why = Warum ist das hier?
message-subject = Mit neuem Betreff: { $subject }
message-after = Als Antwort auf
message-quotes = Die Mail zitiert ein Ticket, an dem ihr Absender nicht teilnimmt:
message-move = Nach { $ticket } verschieben
message-doubt-unverified = Von der Adresse eines Agenten, nicht bestätigt. Es kann jemand anderes sein.
message-doubt-forged = Die Domain des Absenders sagt, dass diese Mail nicht von dort ist.
goes-on-from = Geht weiter aus
goes-on-in = Dies ist vorbei und geht weiter in
address-fails = Mails an { $address } kommen zurück. Eine Antwort erreicht diese Adresse nicht.
address-fails-since = Seit
address-mend = Noch einmal versuchen
done-address = Mails gehen wieder dorthin.
came-back = Der letzte Brief kam zurück
did-ticket-opened = Hat gefragt: { $subject }
did-ticket-written = Hat uns geschrieben
did-ticket-thanked = Hat sich bedankt
did-ticket-answered = Bekam eine Antwort
did-ticket-noted = Eine Notiz unter uns
did-ticket-assigned = Wurde jemandem gegeben
did-ticket-paused = Wartet auf jemand anderen
did-ticket-resumed = Wieder aufgenommen
did-ticket-resolved = Wir hielten es für erledigt
did-ticket-confirmed = Hat gesagt, dass es erledigt ist
did-ticket-reopened = Hat gesagt, dass es nicht erledigt ist
did-ticket-closed = Nach einer Woche Stille geschlossen

# Zwei Tickets einer Person zusammenführen.
merge = Mit einem anderen zusammenführen
merge-into = Nummer des anderen Tickets
merge-hint = Beide müssen von { $name } sein. Der Verlauf geht dorthin, und diese Nummer führt zu ihm.
merge-unknown = Es gibt kein Ticket mit dieser Nummer.
merge-same = Das ist dieses Ticket selbst.
merge-other-person = Dort hat jemand anderes gefragt. Nur Tickets derselben Person können eins werden.
done-merged = Die beiden sind jetzt eins.
did-ticket-merged = Ging weiter als { $ticket }
did-ticket-took-in = Hat { $ticket } aufgenommen
did-ticket-gave-mail = Eine Mail wurde nach { $ticket } verschoben
did-ticket-took-mail = Eine Mail wurde aus { $ticket } hierher verschoben
sealed = Unterschrift und Verschlüsselung
sealed-opened = Kam verschlüsselt und wurde mit einem Schlüssel der Stelle geöffnet. Antworten gehen unverschlüsselt hinaus.
sealed-no-key = Verschlüsselt, und kein Schlüssel der Stelle öffnet sie. Sie ist ganz aufgehoben, wie sie kam.
sealed-no-passphrase = Verschlüsselt für einen Schlüssel der Stelle, dessen Kennwort hier nicht bekannt ist. Sie ist ganz aufgehoben, wie sie kam.
sealed-damaged = Verschlüsselt und unterwegs beschädigt oder verändert: nicht geöffnet.
sealed-too-large = Verschlüsselt und größer, als hier angenommen wird: nicht geöffnet.
sealed-not-supported = Auf eine Art verschlüsselt, die hier nicht gelesen wird. Sie ist ganz aufgehoben, wie sie kam.
sealed-for = Verschlüsselt für: { $keys }
sealed-valid = Unterschrieben von { $signer }, und die Unterschrift gilt.
sealed-unknown-key = Unterschrieben, aber der Schlüssel ist hier nicht bekannt.
sealed-untrusted = Unterschrieben von { $signer }. Die Unterschrift passt, ist aber nicht vertrauenswürdig.
sealed-mismatch = Unterschrieben von { $signer }; abgeschickt hat die Mail jemand anderes.
sealed-expired = Unterschrieben von { $signer }, mit einem abgelaufenen Schlüssel.
sealed-revoked = Unterschrieben von { $signer }, mit einem widerrufenen Schlüssel.
sealed-invalid = Die Unterschrift gilt nicht: Das hier ist nicht, was unterschrieben wurde.
sealed-key = Schlüssel { $key }
sealed-somebody = jemandem
sealed-note-beside = In dieser Mail steht mehr, als unterschrieben oder verschlüsselt war.
sealed-note-attachment-only = Nur eine Datei ist unterschrieben, nicht der Text.
sealed-note-weak = Sie ist auf eine Art gemacht, die sich heute fälschen lässt.
sealed-note-no-authority = Niemand, dem die Stelle vertraut, bürgt für das Zertifikat.
sealed-note-not-supported = Sie ist auf eine Art gemacht, die hier nicht gelesen wird.
sealed-came-along = Ein Schlüssel kam mit: { $keys }. Nichts beweist, wem er gehört.
