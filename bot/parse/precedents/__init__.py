"""Reading a reply by precedent: what people meant who wrote alike (R10).

`features` names what is seen in a reply, `weights` knows how much each of it speaks for each meaning. They are learnt
by `make learn` from the labelled replies in `tests/`; which readings follow from them is `bot/parse/verdict.py`'s.
"""
