# Mail, wie der Betrieb sie sieht, und die Warnungen, wenn sie nicht fließt.
admin-mail = Mail
admin-mail-lead = Jedes Postfach, wie es ihm geht, und was zu tun ist, wenn es nicht geht.
mailboxes-none = Noch ist kein Postfach eingerichtet
mailboxes-none-words = Mit einem können alle dem Desk schreiben und bekommen per Mail Antwort.
mailbox-reading = Lesen
mailbox-sending = Senden
mailbox-well = geht
mailbox-unsure = noch nicht bekannt
mailbox-trouble = geht nicht
mailbox-failing = Seit { $since }: { $why }
mailbox-server = Server
mailbox-user = Benutzer
mailbox-looked = Zuletzt nachgesehen
mailbox-last-mail = Letzte Mail
mailbox-held = Zurückgehalten
mailbox-never = nie
mailbox-not-read = Der Desk liest dieses Postfach nicht. Seine Mail kommt vielleicht über „thedesk mail pipe“.
mailbox-not-sent = Von hier gehen keine Briefe hinaus.
mailbox-lines = Seine Zeilen in thedesk.toml
mailbox-lines-words = In der Datei ändern und den Desk neu starten. Passwörter werden nicht gezeigt.
mailbox-held-all = { $n ->
    [0] Nichts wird zurückgehalten.
    [one] Eine Mail wird zurückgehalten und wartet auf jemanden vom Desk.
   *[other] { $n } Mails werden zurückgehalten und warten auf jemanden vom Desk.
}
tls-implicit = verschlüsselt
tls-starttls = verschlüsselt (STARTTLS)
tls-none = nicht verschlüsselt
letters = Briefe
letters-waiting = Warten
letters-oldest = der älteste seit { $age }
letters-last = Zuletzt gesendet
letters-failed = In 24 Stunden nicht gesendet
alarms = Wann Mail nicht floss
alarm-who = Wer gewarnt wird
alarm-nobody = Niemand bekommt einen Brief, wenn Mail nicht mehr fließt. Dafür in thedesk.toml eine Adresse eintragen, die der Desk nicht selbst liest:
alarm-somebody = { $address } bekommt einen Brief, wenn ein Postfach einige Minuten lang nicht gelesen werden kann.
alarm-ended = Nach { $after } floss sie wieder.
alarm-stands = Sie fließt noch nicht wieder.
alarm-reading = Mail an { $what } wird nicht gelesen, seit { $since }: { $why }
alarm-sending = Durch { $what } gehen keine Briefe hinaus, seit { $since }: { $why }
alarm-consent = Die Zustimmung, das Postfach { $what } zu benutzen, endet: { $why }
alarm-why-consent = Wem das Postfach gehört, muss noch einmal zustimmen.
alarm-letter-consent = Der Desk kann { $what } nicht mehr lange benutzen
alarm-letter-consent-text =
    Die Zustimmung, das Postfach { $what } zu benutzen, endet.

    { $said }

    Was zu tun ist, steht hier: { $url }
alarm-why-password = Der Server nimmt Benutzer und Passwort nicht an.
alarm-why-unreachable = Der Server ist nicht zu erreichen.
alarm-why-silent = Der Server antwortet nicht.
alarm-why-encryption = Die Verbindung lässt sich nicht sicher verschlüsseln.
alarm-why-stale = Nichts schlägt fehl, aber es geschieht auch nichts.
alarm-why-waiting = Fällige Briefe werden nicht abgeholt.
alarm-why-no-server = Es ist kein Server zum Senden eingerichtet.
alarm-why-refused = Die meisten Briefe werden abgelehnt.
alarm-why-other = Siehe, was gesagt wurde.
alarm-letter-subject = Der Desk kann die Mail an { $what } nicht lesen
alarm-letter =
    Die Mail an { $what } wird nicht gelesen: { $why }

    Was gesagt wurde: { $said }

    Nichts ist verloren: Die Mail bleibt im Postfach, und der Desk macht von selbst weiter, sobald er kann. Was zu tun ist, steht hier: { $url }

    Zu jeder solchen Störung kommt ein Brief.

# Der Verbindungstest, und ein Postfach einrichten.
check-title = Verbindungstest
check-go = Verbindung testen
check-again = Noch einmal testen
check-ok = ging
check-failed = ging nicht
check-works = All das geht.
check-broken = Etwas geht noch nicht. Der letzte Schritt sagt, was zu tun ist.
check-too-slow = In neunzig Sekunden kam keine Antwort. Server und Port prüfen, und ob eine Firewall dazwischen steht.
mailbox-new = Ein Postfach einrichten
mailbox-new-lead = Hier eintragen, was der Anbieter genannt hat. Es wird gleich versucht; heraus kommen die Zeilen für thedesk.toml. Nichts davon wird gespeichert.
mailbox-new-lines = Zeilen für thedesk.toml
mailbox-new-lines-words = Diese Zeilen in thedesk.toml im Datenordner eintragen, das Passwort allein in die Datei mail.password daneben (lesbar nur für den Benutzer des Desks), und den Desk neu starten.
mailbox-provider = Wer das Postfach betreibt
mailbox-address = Adresse, an die geschrieben wird
mailbox-user-hint = Wie der Anbieter sagt; die meisten wollen die ganze Adresse, die auch gilt, wenn hier nichts steht.
mailbox-password-hint = Für diesen Test benutzt und vergessen.
mailbox-imap-host = IMAP-Server
mailbox-smtp-host = SMTP-Server
mailbox-tls = Verschlüsselung
mailbox-port = Port
mailbox-port-hint = Der übliche, wenn hier nichts steht.
form-port = Ein Port ist eine Zahl bis 65535.
provider-own = Eigener Server oder anderer Anbieter
provider-google = Google
provider-microsoft = Microsoft 365
provider-own-words = Nötig sind die Namen der Server für IMAP und SMTP, ein Benutzer und ein Passwort. Der Desk antwortet von einer Adresse mit einem Token (help+TOKEN@example.org): Der Server muss solche Mail in dasselbe Postfach legen, wie die meisten es tun; nimmt er ein anderes Zeichen als „+“, mail.reply_separator setzen.
provider-google-words = Google nimmt von Programmen kein gewöhnliches Passwort. Mit der Bestätigung in zwei Schritten lässt sich ein App-Passwort anlegen (Google-Konto, Sicherheit, App-Passwörter) und hier eintragen. Wo eine Organisation das verbietet, helfen Tokens: siehe „oauth“ in „thedesk config reference“.
provider-microsoft-words = Microsoft 365 nimmt keine Passwörter, nur Tokens. Im Entra Admin Center eine Anwendung registrieren, ihr die delegierten Rechte IMAP.AccessAsUser.All, SMTP.Send und offline_access geben, ein Clientgeheimnis anlegen und SMTP AUTH für das Postfach einschalten. Dann diese Zeilen in thedesk.toml eintragen:
provider-microsoft-then = Dann „thedesk mail authorize help@example.org“ ausführen, im Browser als das Postfach anmelden, den Desk starten und auf der Seite „Mail“ die Verbindung testen.
