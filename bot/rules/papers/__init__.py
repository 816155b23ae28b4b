"""Papers of a case: what is due, what is lacking, forms, contents and proposals, the closing review (R5, R15-R40)."""
