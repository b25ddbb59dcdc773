"""The bundled catalogue: published history as text files that diff well, with every receipt.

``format`` says what the files hold, ``dump`` writes them from a registry, ``load`` publishes them
into an empty one, revision by revision; the same three for scores begin with ``score``.
"""
