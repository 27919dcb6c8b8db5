# Tage, Uhrzeiten und Dauern, für jede Seite.
spoken-today = heute { $time }
spoken-yesterday = gestern { $time }
spoken-tomorrow = morgen { $time }
spoken-now = gerade eben
spoken-seconds = { $n } s
spoken-minutes = { $n } min
spoken-hours = { $n } h
spoken-days = { $n ->
    [one] { $n } Tag
   *[other] { $n } Tage
}
