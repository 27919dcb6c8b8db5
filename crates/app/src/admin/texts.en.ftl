# What there is to set up and to look after.
admin-all = Overview
admin-lead = What is set up, how it fares, and what to do about it. Settings stand in thedesk.toml; “thedesk config reference” lists every one.
admin-mail-words = Every mailbox and server: whether mail flows, since when not and why, what waits and what failed.
admin-components-words = Every part that pages are made of, with each of its states.
admin-watching = Watching from outside
admin-watching-words = /healthz answers when the desk runs, /readyz when its database answers, and /metrics tells figures to Prometheus.
admin-metrics-on = /metrics is open to whoever shows the token that is set as metrics_token.
admin-metrics-off = /metrics is closed. To open it, set metrics_token in thedesk.toml and show it as a bearer token.
admin-version = Version { $version }
