sign-in-as = Anmelden als …
sign-in-as-words = Dies ist eine erfundene Organisation. Wählen Sie jemanden und sehen Sie sich um; nichts davon erreicht einen Menschen.
sign-in-by-link = Mit einem Link per Mail
sign-in-by-link-hint = Wir schicken Ihnen einen Link. Sie brauchen kein Passwort.
sign-in-send-link = Link schicken
sign-in-link-sent = Wenn { $email } Mail empfangen kann, ist ein Link unterwegs. Er gilt eine Stunde.
sign-in-with-password = Ich arbeite hier und habe ein Passwort
sign-in-wrong = Adresse und Passwort passen nicht zusammen. Versuchen Sie es noch einmal, oder lassen Sie sich einen Link schicken.
sign-in-hello = Guten Tag, { $name }
sign-in-go-on = Weiter
sign-in-mail-subject = Ihr Zugang zu { $brand }
sign-in-mail-text =
    Guten Tag { $name },

    hier ist Ihr Zugang. Er gilt einmal, eine Stunde lang:
    { $link }

    Wenn Sie ihn nicht angefordert haben, brauchen Sie nichts zu tun.

    { $brand }
email = Mailadresse
password = Passwort
password-hint = Mindestens 12 Zeichen. Ein Satz ist gut.
your-name = Ihr Name
set-up = Richten Sie Ihren Desk ein
set-up-words = Sie sind die erste Person hier. Machen Sie sich zur Verwaltung; andere können Sie später hinzufügen.
set-up-go = Beginnen
role-customer = Jemand, der Hilfe braucht
role-agent = Im Support
role-lead = Leitung Kundenerlebnis
role-stakeholder = Andere Abteilungen
role-admin = Verwaltung
done-link-used = Dieser Link wurde schon benutzt oder ist zu alt. Fordern Sie einen neuen an.
done-signed-out = Sie sind abgemeldet.
form-required = Bitte ausfüllen.
form-too-long = Das ist zu lang. Bitte kürzen.
form-choose = Bitte auswählen.
form-email = Das ist keine vollständige Mailadresse.
form-password-short = Das ist zu kurz: bitte 12 Zeichen oder mehr.
form-file-too-large = Eine Datei ist zu groß. Lassen Sie sie weg oder schicken Sie eine kleinere; alles andere ist noch da.
form-too-many-files = Das sind zu viele Dateien auf einmal.
error-not-found-title = Hier ist nichts
error-not-found-words = Die Seite ist vielleicht umgezogen, oder sie ist nicht für Sie bestimmt. Es ist nichts verloren.
error-sign-in-title = Bitte anmelden
error-sign-in-words = Das ist für Menschen, die wir kennen. Melden Sie sich an, dann kommen Sie gleich hierher zurück.
error-forbidden-title = Diese Tür ist nicht Ihre
error-forbidden-words = Ihr Konto darf das nicht. Wenn es das sollte, fragen Sie Ihre Verwaltung.
error-conflict-title = Jemand war schneller
error-conflict-words = Das wurde inzwischen geändert, deshalb ist nichts geschehen. Sehen Sie es sich noch einmal an und versuchen Sie es erneut.
error-too-large-title = Das war zu viel auf einmal
error-too-large-words = Was Sie geschickt haben, ist größer, als wir annehmen. Schicken Sie weniger, oder in mehreren Teilen.
error-too-many-title = Bitte eine kurze Pause
error-too-many-words = Das waren zu viele Versuche. Warten Sie zehn Minuten und versuchen Sie es dann erneut.
error-refused-title = Das konnten wir nicht lesen
error-refused-words = Die Anfrage war nicht vollständig. Gehen Sie zurück, laden Sie die Seite neu und wiederholen Sie es.
error-internal-title = Das liegt an uns
error-internal-words = Bei uns ist etwas kaputtgegangen. Was gespeichert war, ist sicher. Versuchen Sie es noch einmal; wenn es bleibt, nennen Sie uns die Nummer unten.
error-reference = Nummer { $reference }
error-way-back = Zurück
