"""Bytes without end against every reader of mail: coverage-guided with atheris, blindly mutated without it."""
