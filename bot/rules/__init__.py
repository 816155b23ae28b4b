"""What the company's rulebook demands, as pure values and decisions: no I/O library, no clock, no database."""
