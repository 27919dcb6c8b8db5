# Dates and durations, for every page.
spoken-today = today { $time }
spoken-yesterday = yesterday { $time }
spoken-tomorrow = tomorrow { $time }
spoken-now = just now
spoken-seconds = { $n } s
spoken-minutes = { $n } min
spoken-hours = { $n } h
spoken-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
