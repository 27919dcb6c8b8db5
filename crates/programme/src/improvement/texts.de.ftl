programme-look-again = Etwas fehlt noch. Nichts von Ihrer Eingabe ist verloren.
followups = Wartet auf Antwort von uns
followups-nav = Nachfassen
followups-lead = Schlechte Rückmeldungen, um die sich jemand kümmert, innerhalb eines Arbeitstags.
followups-views = Listen
followups-waiting = Alle, die warten
followups-mine = Meine
followups-over = Erledigt
followups-empty-waiting = Niemand wartet auf eine Antwort von uns
followups-empty-mine = Nichts davon liegt bei Ihnen
followups-empty-over = Noch nichts abgeschlossen
followups-empty-words = Wenn uns jemand sagt, dass es schlecht lief, erscheint es hier.
followup-title = Was { $name } uns gesagt hat
followup-state-open = Wartet auf uns
followup-state-contacted = Im Gespräch
followup-state-closed = Erledigt
followup-reason-not-sorted = Es ist nicht erledigt
followup-reason-unhappy = Unzufrieden damit, wie es erledigt wurde
followup-reason-felt-bad = Es hat sich schlecht angefühlt
followup-nobody = Niemand
followup-said = Was gesagt wurde
followup-no-words = Eine Antwort wurde gewählt, geschrieben wurde nichts.
followup-about = Es geht um:
followup-by-mail = per Mail
followup-write = { $name } schreiben
followup-no-consent = Hier wurde nicht zugestimmt, dass wir schreiben. Sie melden sich, wenn etwas daraus wird: Verbinden Sie es mit einer Verbesserung.
followup-no-address = Wir haben keine Mailadresse, die funktioniert.
followup-letter = Ihre Worte
followup-letter-hint = Danken, sich entschuldigen, wenn es angebracht ist, nachfragen. Es geht an { $address }.
followup-send = Absenden
followup-join = Für alle besser machen
followup-join-words = Verbinden Sie es mit einer Verbesserung. Ist sie umgesetzt oder abgelehnt, wird einmal Bescheid gegeben.
followup-join-which = Verbesserung
followup-join-new = Eine neue
followup-join-title = Was besser werden soll
followup-join-title-hint = Für eine neue: wie man es sagt, in einer Zeile.
followup-join-do = Verbinden
followup-work = Arbeit
followup-why = Warum
followup-owner = Wer sich kümmert
followup-since = Seit
followup-due = Bis
followup-part-of = Teil von
followup-take = Ich kümmere mich
followup-note = Notiz, nur für uns
followup-note-do = Notiz behalten
followup-close = Erledigt: abschließen
followup-mail-subject = Zu „{ $subject }“
followup-mail-foot =
    { $agent }
    { $brand }

    Sie haben uns gesagt, wie es war, und dass wir Ihnen schreiben dürfen.
done-followup-taken = Es liegt bei Ihnen.
done-followup-noted = Notiz behalten.
done-followup-sent = Abgesendet.
done-followup-joined = Verbunden. Wir geben Bescheid, was daraus wird.
done-followup-closed = Erledigt.
improvements-nav = Verbessern
improvements = Verbesserungen
improvements-lead = Was besser werden soll, und was daraus wird.
improvements-none = Noch nichts vorgeschlagen
improvements-none-words = Verbesserungen wachsen aus schlechten Rückmeldungen, oder aus etwas, das Ihnen auffällt.
improvement-new = Neue Verbesserung
improvement-new-words = Eine Sache, die besser werden soll. Wer sie sich wünscht, kommt dazu und erfährt, was daraus wurde.
improvement-state-proposed = Vorgeschlagen
improvement-state-planned = Geplant
improvement-state-doing = In Arbeit
improvement-state-done = Umgesetzt, nicht allen gesagt
improvement-state-told = Umgesetzt und gesagt
improvement-state-declined = Nein, weil
improvement-raisers = { $n ->
    [0] Noch niemand hat darum gebeten
    [one] Eine Person hat darum gebeten
   *[other] { $n } Personen haben darum gebeten
}
improvement-helped = { $yes } von { $n } hat es geholfen
improvement-title = Was besser werden soll
improvement-title-hint = Wie man es gesagt hat, in einer Zeile.
improvement-plan = Was wir tun werden
improvement-plan-hint = Soweit Sie es wissen.
improvement-propose = Vorschlagen
improvement-untold = { $n ->
    [one] Eine Person war nicht zu erreichen
   *[other] { $n } Personen waren nicht zu erreichen
}
improvement-untold-words = Keine ihrer Mailadressen funktioniert. Sagen Sie es persönlich, oder berichtigen Sie die Adresse und versuchen Sie es noch einmal.
improvement-try-again = Noch einmal versuchen
improvement-told-in-person = Wurde persönlich gesagt
improvement-end = Zu Ende bringen
improvement-end-how = Wie ging es aus?
improvement-outcome = Was die Leute lesen werden
improvement-outcome-hint = { $n ->
    [0] In einfachen Worten. Bei „nein“: warum, und was stattdessen geht.
    [one] In einfachen Worten; eine Person bekommt es per Mail, einmal. Bei „nein“: warum, und was stattdessen geht.
   *[other] In einfachen Worten; { $n } Personen bekommen es per Mail, jede einmal. Bei „nein“: warum, und was stattdessen geht.
}
improvement-tell = { $n ->
    [0] Abschließen
    [one] Abschließen und einer Person sagen
   *[other] Abschließen und { $n } Personen sagen
}
improvement-go-proposed = Zurück zu den Vorschlägen
improvement-go-planned = Wir machen es
improvement-go-doing = Wir haben angefangen
improvement-go-done = Es ist umgesetzt
improvement-go-declined = Nein, weil …
improvement-history = Wie es weiterging
improvement-was-proposed = Vorgeschlagen
improvement-was-planned = Geplant
improvement-was-doing = Angefangen
improvement-was-done = Umgesetzt
improvement-was-declined = Abgelehnt
improvement-was-merged = Dasselbe noch einmal, jetzt hier dabei
improvement-facts = Angaben
improvement-owner = Bei wem es liegt
improvement-since = Seit
improvement-told-count = Gesagt
improvement-told-of = { $told } von { $n }
improvement-it-helped = hat geholfen
improvement-it-did-not = hat nicht geholfen
improvement-was-told = weiß Bescheid
improvement-more-raisers = und { $n } weitere
improvement-names-hidden = Namen sehen nur Leitung und Agenten.
improvement-also-said = Auch so gesagt
improvement-edit = Titel, Plan oder Zuständige ändern
improvement-save = Speichern
improvement-merge = Gibt es das schon?
improvement-merge-words = Die Leute kommen zur anderen dazu, jede Person einmal, und erfahren es gemeinsam.
improvement-merge-into = Die andere
improvement-merge-choose = Auswählen …
improvement-merge-do = Zusammenführen
done-improvement-proposed = Vorgeschlagen.
done-improvement-saved = Gespeichert.
done-improvement-told = Fertig. Alle, die darum gebeten haben, bekommen Bescheid.
done-improvement-merged = Zusammengeführt, mit allen Leuten.
improvement-mail-subject = Was aus „{ $title }“ wurde
improvement-mail-done =
    Guten Tag { $name },

    Sie haben uns gesagt: „{ $title }“

    { $outcome }

    Hat es geholfen? Ein Tippen genügt: { $link }

    { $brand }
improvement-mail-declined =
    Guten Tag { $name },

    Sie haben uns gesagt: „{ $title }“
    Wir haben es uns angesehen und werden es nicht tun. Der Grund:

    { $outcome }

    Wenn Sie das anders sehen, schreiben Sie uns; ein Mensch liest es. Hier steht es noch einmal: { $link }

    { $brand }
said-title = Gesagt, getan
said-lead = Was man uns gesagt hat, und was daraus wurde. Auch wenn die Antwort nein ist.
said-none = Noch nichts zu berichten
said-none-words = Sagen Sie uns nach Ihrer nächsten Anfrage, wie es war. Was daraus wird, steht dann hier.
said-by = { $n } Personen haben das gesagt.
said-by-some = Einige von Ihnen haben das gesagt.
said-declined = Wir haben es geprüft, und nein
said-all = Alles ansehen
said-helped = Hat es geholfen?
said-yes = Ja, hat es
said-no = Nein, hat es nicht
said-you-said-yes = Sie haben gesagt, dass es geholfen hat. Danke.
said-you-said-no = Sie haben gesagt, dass es nicht geholfen hat. Danke, wir sehen es uns noch einmal an.
said-talk = Sie sehen es anders? Schreiben Sie uns.
done-said-judged = Danke für Ihre Antwort.
did-followup-opened = Jemandem gegeben, der sich kümmert
did-followup-contacted = Bekam ein persönliches Wort von uns
did-followup-closed = Darum hat sich jemand gekümmert
did-improvement-proposed = Eine Verbesserung wurde vorgeschlagen
did-improvement-joined = Gehört zu denen, die um eine Verbesserung baten
did-improvement-planned = Es wurde beschlossen
did-improvement-begun = Die Arbeit daran begann
did-improvement-done = Es wurde umgesetzt
did-improvement-declined = Es wurde abgelehnt
did-improvement-returned = Es kam zurück zu den Vorschlägen
did-improvement-merged = Dasselbe kam noch einmal und gehört jetzt dazu
did-improvement-told = Erfuhr, was aus „{ $title }“ wurde
did-improvement-confirmed = Sagte, dass „{ $title }“ geholfen hat
did-improvement-refuted = Sagte, dass „{ $title }“ nicht geholfen hat
