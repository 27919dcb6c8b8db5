# HTML, das jemand anderes geschrieben hat, in seinem Rahmen.
frame-blocked = { $count ->
    [one] Ein Bild von anderswo wird nicht gezeigt.
   *[other] { $count } Bilder von anderswo werden nicht gezeigt.
}
frame-blocked-why = Wer sie holt, verrät dem Absender, dass, wann und von wo aus das hier geöffnet wurde.
frame-show-remote = Bilder von anderswo zeigen ({ $count })
frame-remote-shown = Bilder von anderswo werden gezeigt; dieser Browser holt sie.
frame-hide-remote = Nicht mehr zeigen
frame-history = Frühere Nachrichten
