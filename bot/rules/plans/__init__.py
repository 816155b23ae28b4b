"""Dates and people: milestones, bookings, calendar entries, the timeline chart (R35, R38, R41)."""
