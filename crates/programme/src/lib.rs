//! The experience programme: surveys, journeys, improvements. Knows only the ledger, so it works the same on an imported log.
