# Was es einzurichten und zu pflegen gibt.
admin-all = Überblick
admin-lead = Was eingerichtet ist, wie es ihm geht und was zu tun ist. Einstellungen stehen in thedesk.toml; „thedesk config reference“ nennt alle.
admin-mail-words = Jedes Postfach und jeder Server: ob Mail fließt, seit wann nicht und warum, was wartet und was nicht ging.
admin-components-words = Alle Teile, aus denen Seiten bestehen, in jedem ihrer Zustände.
admin-watching = Von außen beobachten
admin-watching-words = /healthz antwortet, wenn der Desk läuft, /readyz, wenn seine Datenbank antwortet, und /metrics nennt Prometheus Zahlen.
admin-metrics-on = /metrics steht offen für alle, die das Token zeigen, das als metrics_token gesetzt ist.
admin-metrics-off = /metrics ist geschlossen. Zum Öffnen metrics_token in thedesk.toml setzen und als Bearer-Token zeigen.
admin-version = Version { $version }
