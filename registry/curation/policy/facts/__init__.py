"""What may be published of facts: whose word wins, and which step waits for a person.

``meaning`` says when two words mean one fact, ``doubts`` what is odd about a word or a step,
``deciding`` puts them together, by the same elections as prices. A fact is decided on its own: one
that waits holds no other. Silence takes nothing away, so nothing here ends a fact.
"""
