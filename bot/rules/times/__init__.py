"""Working days and hours, and the deadlines counted in them (R8, R23, R42-R44)."""
