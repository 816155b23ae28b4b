"""One realistic notice of every kind: what `zhichi check` renders and the tests read."""
