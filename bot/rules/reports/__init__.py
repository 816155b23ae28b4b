"""Workload and the reports it is signed in (R27-R29, R36): hours, coefficients, the week, the month, the signature."""
