# Die Übersicht des Programms.
overview = Übersicht
overview-lead = Was Menschen mit dem Desk erlebt haben, { $from } bis { $to }. Jede Zahl sagt dazu, wie weit ihr zu trauen ist.
overview-segment = Segment
overview-everybody = Alle
overview-span = Rückblick
overview-days = { $n } Tage
overview-look = Zeigen
overview-empty = Noch nicht zu sagen: 0 Antworten, 0 Kontakte
overview-empty-words = Der erste Kontakt erscheint hier von selbst. Zahlen folgen, sobald fünf Menschen dahinterstehen; ein Vergleich braucht eine Zeit davor.
overview-empty-action = Was gemessen wird
overview-few = Noch nicht zu sagen: in dieser Zeit waren weniger als { $k } Menschen in Kontakt
overview-closed = Über dieses Segment lässt sich für diese Zeit nichts sagen: weniger als { $k } Menschen sind darin oder außerhalb. Eine längere Zeit oder ein weiteres Segment hilft.
overview-river = Der Fluss
overview-river-lead = Jede Stufe ist so breit wie die Zahl der Menschen, die dort waren. Was abfließt, sind Menschen, die in keiner späteren Stufe gesehen wurden.
overview-people = { $n ->
    [0] noch niemand
    [one] ein Mensch
   *[other] { $n } Menschen
}
overview-few-people = zu wenige, um es zu sagen
overview-left = { $n } gingen nicht weiter
overview-changed = Mehr als Rauschen
overview-changed-nothing = Nichts, soweit zu erkennen. Bei wenigen Antworten ist das der übliche Befund; es heißt nicht, dass sich nichts geändert hat.
overview-hurts = Schmerzt am meisten
overview-hurts-lead = Wie oft Menschen damit kommen, mal wie oft es sie unzufrieden lässt. Jeder Kontakt wiegt gleich, ob dazu geantwortet wurde oder nicht.
overview-hurts-nothing = Noch nicht zu sagen: zu keinem Dienst oder Kanal haben in dieser Zeit fünf Menschen geantwortet.
overview-hurts-where = Wo
overview-hurts-contacts = Kontakte
overview-hurts-satisfied = Zufrieden
overview-hurts-displeased = Kontakte mit Ärger
overview-evaluation = Ich habe ein Problem: wo suche ich?
overview-awareness = Ich erfahre, dass es den Desk und seine Dienste gibt.
overview-investigation = Ich lese, was er anbietet.
overview-use = Ich helfe mir selbst, dann frage ich den Desk; immer wieder.
overview-improvement = Ich sage, wie es war, und höre, was daraus wurde.
overview-stage-nothing = In dieser Zeit nichts verzeichnet, oder von weniger als fünf Menschen.
overview-more-kinds = { $n ->
    [one] und eine weitere Art
   *[other] und { $n } weitere Arten
}
overview-foot = Gelesen aus { $n } Kontakten. Ein Urteil vergleicht mit der gleich langen Zeit davor; alle einer Seite teilen sich eine Chance von eins zu zwanzig auf ein falsches Wort.
measures = Maße
measures-lead = Was an die Aufzeichnungen gefragt wird, und wie es berechnet ist. Eine Zahl wird gezeigt, wenn mindestens { $k } Menschen dahinterstehen, mit ihrem Intervall und nie ohne. Ranglisten von Personen oder Teams gibt es nicht.

# Arten von Kontakten, wenn man viele davon nennt.
kind-ticket-opened = Anfragen
kind-ticket-written = weitere Nachrichten
kind-ticket-thanked = Dank
kind-ticket-answered = Antworten des Desks
kind-ticket-paused = zurückgestellt
kind-ticket-resumed = wieder aufgenommen
kind-ticket-resolved = gelöst
kind-ticket-confirmed = als erledigt bestätigt
kind-ticket-reopened = kamen zurück
kind-ticket-closed = still geschlossen
kind-ticket-merged = mit anderem zusammengeführt
kind-ticket-took-in = anderes aufgenommen
kind-survey-invited = gefragt, wie es war
kind-survey-answered = Antworten auf eine Umfrage
kind-survey-amended = geänderte Antworten
kind-survey-dismissed = wollten nicht antworten
kind-followup-contacted = persönliche Worte nach einer schlechten Antwort
kind-improvement-told = erfuhren, was daraus wurde
kind-improvement-confirmed = sagen, es half
kind-improvement-refuted = sagen, es half nicht
kind-search-made = Suchen
kind-search-empty = vergebliche Suchen
kind-article-read = gelesene Artikel
kind-service-read = gelesene Dienste
kind-form-started = begonnene Formulare
kind-form-given-up = aufgegebene Formulare
kind-notice-sent = gesendete Hinweise
kind-notice-read = gelesene Hinweise
kind-flyer-scanned = gescannte Aushänge
kind-callback-promised = versprochene Rückrufe
kind-callback-kept = gehaltene Rückrufe
kind-callback-missed = versäumte Rückrufe
kind-visit-joined = kamen vorbei
kind-visit-served = am Schalter bedient
kind-visit-left = verließen die Schlange

# Maße: Name, Frage, Formel.
measure-search-in-vain = Vergebliche Suchen
measure-search-in-vain-question = Wie oft sucht jemand und findet nichts?
measure-search-in-vain-formula = Suchen ohne Ergebnis, als Anteil aller Suchen.
measure-first-answer = Zeit bis zur ersten Antwort
measure-first-answer-question = Wie lange wartet ein Mensch, bis jemand antwortet?
measure-first-answer-formula = Der Median vom Fragen bis zur ersten Antwort, Nächte und Wochenenden eingeschlossen. Unbeantwortete zählen als Warten mindestens bis jetzt (Kaplan-Meier).
measure-resolution = Zeit bis zur Lösung
measure-resolution-question = Wie lange dauert es, bis es erledigt ist, so wie der Mensch es erlebt?
measure-resolution-formula = Der Median vom Fragen bis zur letzten Lösung. Was zurückkam, ist erst mit der nächsten Lösung erledigt; Offenes zählt als Warten mindestens bis jetzt (Kaplan-Meier).
measure-first-contact = Beim ersten Kontakt erledigt
measure-first-contact-question = Wie oft genügt es, einmal zu fragen?
measure-first-contact-formula = Der Mensch sagte, es ist erledigt, es kam nicht zurück, und bis eine Woche danach meldete er sich nicht wieder zum selben Dienst; als Anteil der Anfragen, die mindestens zwei Wochen alt sind. Schweigen ist kein Ja.
measure-repeat-contact = Wiederholte Kontakte
measure-repeat-contact-question = Wie oft muss jemand wiederkommen?
measure-repeat-contact-formula = Kontakte, auf die binnen sieben Tagen ein weiterer desselben Menschen zum selben Dienst folgte, gleich in welchem Kanal, als Anteil der Kontakte, die mindestens eine Woche alt sind.
measure-reopened = Kam zurück
measure-reopened-question = Wie oft war es doch nicht erledigt?
measure-reopened-formula = Anfragen, die mindestens einmal zurückkamen, als Anteil derer, die mindestens einmal gelöst waren.
measure-hand-overs = Weitergaben
measure-hand-overs-question = Wie oft wird eine Anfrage weitergereicht?
measure-hand-overs-formula = Zuweisungen nach der ersten, je Anfrage.
measure-satisfaction = Zufriedenheit
measure-satisfaction-question = Wie finden Menschen, wie man mit ihrer Sache umging?
measure-satisfaction-formula = Antworten 4 und 5 von 5, als Anteil aller Antworten auf diese Frage.
measure-effort = Leicht gemacht
measure-effort-question = War es leicht, es erledigt zu bekommen?
measure-effort-formula = Antworten 5 bis 7 von 7 auf „hat es mir leicht gemacht“ (CES 2.0, Anteil der Zustimmung), als Anteil aller Antworten auf diese Frage.
measure-emotion = Gutes Gefühl
measure-emotion-question = Wie fühlte es sich an?
measure-emotion-formula = Die zwei froheren von fünf Gesichtern, als Anteil aller gewählten.
measure-lost-time = Verlorene Arbeitszeit
measure-lost-time-question = Wie viel Arbeitszeit hat es die Menschen gekostet?
measure-lost-time-formula = Die mittlere Klasse der Antworten, und zwischen welchen Klassen sie liegt. Antworten sind Spannen, darum gibt es keine genaue Minute.
measure-response-rate = Antwortquote
measure-response-rate-question = Wie viele der Gefragten antworten?
measure-response-rate-formula = Bisher beantwortete Einladungen, als Anteil aller Einladungen dieser Zeit.
measure-told = Erfuhr, was daraus wurde
measure-told-question = Hören die, die etwas ansprechen, was daraus wurde?
measure-told-formula = Menschen, die es erfuhren, nachdem sie etwas angesprochen hatten, als Anteil aller, die in dieser Zeit etwas ansprachen. „Nein, weil“ zählt als erfahren.
measure-lost-0 = keine
measure-lost-1 = unter 15 Min.
measure-lost-2 = 15 bis 60 Min.
measure-lost-3 = 1 bis 4 Std.
measure-lost-4 = ein halber Tag oder mehr
measure-lost-5 = mehr als ein Tag
measure-no-end-yet = weiß noch niemand
measure-of-people = { $n ->
    [one] Ein Mensch steht dahinter.
   *[other] { $n } Menschen stehen dahinter.
}
measure-interval = Das Intervall gilt zu 95 %, nach: { $method }.
measure-pending = { $n } davon warten noch.
measure-young = { $n } weitere sind zu jung, um zu zählen.
measure-bounds = Was immer die denken, die nicht antworteten: der Anteil aller Gefragten liegt zwischen { $low } und { $high }.
measure-smallest-points = Weniger als { $n } Punkte Unterschied zählen als keiner.
measure-smallest-part = Weniger als { $share } Unterschied zählen als keiner.
measure-smallest-chance = Ein Unterschied zählt als keiner, solange die Chance, dass eine Antwort von jetzt schlechter ist als eine von zuvor, weniger als { $n } Punkte von der Hälfte abweicht.
measure-smallest-times = Weniger als { $n } Mal Unterschied zählen als keiner.
measure-higher = Mehr ist besser.
measure-lower = Weniger ist besser.
denominator-answers = Gezählt: { $n } Antworten.
denominator-invitations = Gezählt: { $n } Einladungen.
denominator-tickets = Gezählt: { $n } Anfragen dieser Zeit.
denominator-settled-tickets = Gezählt: { $n } Anfragen dieser Zeit, die mindestens zwei Wochen alt sind.
denominator-sorted-tickets = Gezählt: { $n } Anfragen dieser Zeit, die mindestens einmal gelöst waren.
denominator-settled-contacts = Gezählt: { $n } Kontakte, die mindestens eine Woche alt sind.
denominator-searches = Gezählt: { $n } Suchen.
denominator-raisers = Gezählt: { $n } Menschen, die etwas ansprachen.
denominator-rows = Gezählt: { $n } Zeilen.
refusal-nothing = Noch nicht zu sagen: davon ist in dieser Zeit nichts verzeichnet.
refusal-few-people = Nicht zu sagen: weniger als { $k } Menschen stehen dahinter, und sie sollen unerkannt bleiben.
refusal-few-others = Nicht zu sagen: weniger als { $k } Menschen sind außerhalb dieses Segments, und der Unterschied würde sie zeigen.
refusal-few-answers = Noch nicht zu sagen: { $n } Beobachtungen, und ein Intervall braucht mindestens { $needed }.
refusal-still-waiting = Noch nicht zu sagen: { $pending } von { $n } warten noch, also weiß niemand, wo die Mitte liegen wird.
