"""Bytes and text in, values out. Pure: no I/O, no clock, never raises on any input."""
